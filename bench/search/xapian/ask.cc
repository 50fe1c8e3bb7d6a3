// Indexes the passages of a file, one a line, with Xapian and its French stemmer, and answers
// rounds of questions as the other engines of this benchmark do. Positions are left out: no question
// asks for phrases, and the index is smaller and faster without them.
#include <sys/resource.h>
#include <sys/stat.h>
#include <dirent.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <xapian.h>

static double processor() {
  rusage u;
  getrusage(RUSAGE_SELF, &u);
  return u.ru_utime.tv_sec + u.ru_stime.tv_sec + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static long resident() {  // KiB
  std::ifstream f("/proc/self/statm");
  long all = 0, held = 0;
  f >> all >> held;
  return held * (sysconf(_SC_PAGESIZE) / 1024);
}

// Bytes of the tables but for that of the texts.
static long long index_bytes(const std::string& path) {
  long long n = 0;
  DIR* d = opendir(path.c_str());
  if (!d) return 0;
  while (dirent* e = readdir(d)) {
    std::string name = e->d_name;
    struct stat s;
    if (name.rfind("docdata", 0) != 0 && stat((path + "/" + name).c_str(), &s) == 0 && S_ISREG(s.st_mode)) n += s.st_size;
  }
  closedir(d);
  return n;
}

int main(int argc, char** argv) try {
  if (argc != 3) return 2;
  std::string in = argv[1], path = argv[2], line;
  std::vector<std::string> questions;
  std::ifstream asked(in + "/questions");
  while (std::getline(asked, line)) questions.push_back(line);
  {
    Xapian::WritableDatabase db(path, Xapian::DB_CREATE_OR_OVERWRITE);
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem("fr"));
    generator.set_stemming_strategy(Xapian::TermGenerator::STEM_ALL);
    std::ifstream passages(in + "/passages");
    while (std::getline(passages, line)) {
      Xapian::Document d;
      d.set_data(line);
      generator.set_document(d);
      generator.index_text_without_positions(line);
      db.add_document(d);
    }
    db.commit();
  }
  Xapian::Database db(path);
  printf("{\"processor\":%f,\"bytes\":%lld}\n", processor(), index_bytes(path));
  fflush(stdout);
  Xapian::QueryParser parser;
  parser.set_stemmer(Xapian::Stem("fr"));
  parser.set_stemming_strategy(Xapian::QueryParser::STEM_ALL);
  parser.set_database(db);
  while (std::getline(std::cin, line)) {
    std::string times;
    long found = 0;
    double before = processor();
    for (const std::string& q : questions) {
      auto begun = std::chrono::steady_clock::now();
      Xapian::Enquire enquire(db);
      enquire.set_query(parser.parse_query(q, 0));
      Xapian::MSet set = enquire.get_mset(0, 50);
      for (auto i = set.begin(); i != set.end(); ++i) found += i.get_document().get_data().empty() ? 0 : 1;
      std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begun;
      times += (times.empty() ? "" : ",") + std::to_string(took.count());
    }
    printf("{\"micro\":[%s],\"processor\":%f,\"resident\":%ld,\"found\":%ld}\n", times.c_str(), processor() - before, resident(), found);
    fflush(stdout);
  }
  return 0;
} catch (const Xapian::Error& e) {
  std::cerr << "xapian: " << e.get_description() << "\n";
  return 1;
}
