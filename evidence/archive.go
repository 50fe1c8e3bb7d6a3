package evidence

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"time"
)

// archiveFile is one file of a dossier.
type archiveFile struct {
	name    string
	content []byte
	crc     uint32 // as the archive states it
	foreign bool   // put in by another program: packed, or with fields that a dossier does not have
}

// The dossier's ZIP is written without compression and without anything that is free to
// choose: from the same files the same bytes follow, so that a verifier can write it again
// and compare, and a page can read it without a library.
const (
	localHeader   = 0x04034b50
	centralHeader = 0x02014b50
	endRecord     = 0x06054b50
	localLength   = 30
	centralLength = 46
	endLength     = 22
	utf8Names     = 0x0800
	storedVersion = 20
)

// largestArchive is where the plain form of ZIP ends.
const largestArchive = 1<<32 - 1

var errArchiveTooLarge = errors.New("a dossier holds at most 4 GB: take fewer pairs")

// region is a stretch of an archive and what it is.
type region struct {
	start, end int
	name       string // of the file that it belongs to; "" for the whole
	what       string // for people
}

// packArchive writes the archive; regions cover it byte for byte.
func packArchive(files []archiveFile, at time.Time) ([]byte, []region, error) {
	var out bytes.Buffer
	var regions []region
	date, clock := dosTime(at)
	offsets := make([]int, len(files))
	close := func(start int, name, what string) {
		regions = append(regions, region{start, out.Len(), name, what})
	}
	head := func(f archiveFile, central bool, offset int) {
		fields := []any{uint32(localHeader), uint16(storedVersion)}
		if central {
			fields = []any{uint32(centralHeader), uint16(storedVersion), uint16(storedVersion)}
		}
		size := uint32(len(f.content))
		fields = append(fields, uint16(utf8Names), uint16(0), clock, date, crc32.ChecksumIEEE(f.content), size, size, uint16(len(f.name)), uint16(0))
		if central {
			fields = append(fields, uint16(0), uint16(0), uint16(0), uint32(0), uint32(offset))
		}
		put(&out, fields...)
		out.WriteString(f.name)
	}
	for i, f := range files {
		if out.Len()+len(f.content) > largestArchive-1<<20 {
			return nil, nil, errArchiveTooLarge
		}
		offsets[i] = out.Len()
		head(f, false, 0)
		close(offsets[i], f.name, "en-tête dans l’archive")
		start := out.Len()
		out.Write(f.content)
		close(start, f.name, "contenu")
	}
	directory := out.Len()
	for i, f := range files {
		start := out.Len()
		head(f, true, offsets[i])
		close(start, f.name, "répertoire de l’archive")
	}
	size := out.Len() - directory
	start := out.Len()
	put(&out, uint32(endRecord), uint16(0), uint16(0), uint16(len(files)), uint16(len(files)), uint32(size), uint32(directory), uint16(0))
	close(start, "", "fin de l’archive")
	return out.Bytes(), regions, nil
}

func put(out *bytes.Buffer, fields ...any) {
	for _, f := range fields {
		if err := binary.Write(out, binary.LittleEndian, f); err != nil {
			panic("evidence: " + err.Error()) // fixed-size integers into memory
		}
	}
}

// dosTime is the two-second clock of ZIP; times before 1980 are its beginning.
func dosTime(at time.Time) (date, clock uint16) {
	at = at.UTC()
	if at.Year() < 1980 || at.Year() > 2107 {
		return 1<<5 | 1, 0
	}
	return uint16((at.Year()-1980)<<9 | int(at.Month())<<5 | at.Day()), uint16(at.Hour()<<11 | at.Minute()<<5 | at.Second()/2)
}

// unpackArchive reads an archive of this form by its local headers, or by its directory when
// one of those is broken: a single damage leaves one of the two.
func unpackArchive(content []byte) ([]archiveFile, error) {
	files, err := walkArchive(content)
	if err == nil {
		return files, nil
	}
	if listed, second := listArchive(content); second == nil {
		return listed, nil
	}
	return nil, err
}

func walkArchive(content []byte) ([]archiveFile, error) {
	var files []archiveFile
	for at := 0; ; {
		if at+4 <= len(content) && binary.LittleEndian.Uint32(content[at:]) == centralHeader && len(files) > 0 {
			return files, nil
		}
		if at+localLength > len(content) || binary.LittleEndian.Uint32(content[at:]) != localHeader {
			return nil, fmt.Errorf("octet %d : pas d’en-tête de fichier", at)
		}
		f, next, err := archivedAt(content, at)
		if err != nil {
			return nil, err
		}
		files, at = append(files, f), next
	}
}

func archivedAt(content []byte, at int) (archiveFile, int, error) {
	name, extra := int(binary.LittleEndian.Uint16(content[at+26:])), int(binary.LittleEndian.Uint16(content[at+28:]))
	start := at + localLength + name + extra
	end := start + int(binary.LittleEndian.Uint32(content[at+18:]))
	if end > len(content) {
		return archiveFile{}, 0, fmt.Errorf("octet %d : taille de fichier fausse", at)
	}
	f := archiveFile{string(content[at+localLength : at+localLength+name]), content[start:end], binary.LittleEndian.Uint32(content[at+14:]), false}
	f.foreign = extra != 0 || binary.LittleEndian.Uint16(content[at+8:]) != 0
	return f, end, nil
}

func listArchive(content []byte) ([]archiveFile, error) {
	end := len(content) - endLength
	if end < 0 || binary.LittleEndian.Uint32(content[end:]) != endRecord {
		return nil, errors.New("pas de fin d’archive")
	}
	count, at := int(binary.LittleEndian.Uint16(content[end+10:])), int(binary.LittleEndian.Uint32(content[end+16:]))
	var files []archiveFile
	for range count {
		if at+centralLength > end || binary.LittleEndian.Uint32(content[at:]) != centralHeader {
			return nil, fmt.Errorf("octet %d : pas d’entrée de répertoire", at)
		}
		name, extra := int(binary.LittleEndian.Uint16(content[at+28:])), int(binary.LittleEndian.Uint16(content[at+30:]))
		size, local := int(binary.LittleEndian.Uint32(content[at+20:])), int(binary.LittleEndian.Uint32(content[at+42:]))
		start := local + localLength + name
		foreign := extra != 0 || binary.LittleEndian.Uint16(content[at+10:]) != 0
		if foreign && local+localLength <= len(content) {
			start += int(binary.LittleEndian.Uint16(content[local+28:]))
		}
		if at+centralLength+name+extra > end || start+size > len(content) {
			return nil, fmt.Errorf("octet %d : entrée de répertoire fausse", at)
		}
		files = append(files, archiveFile{string(content[at+centralLength : at+centralLength+name]), content[start : start+size], binary.LittleEndian.Uint32(content[at+16:]), foreign})
		at += centralLength + name + extra
	}
	if len(files) == 0 {
		return nil, errors.New("archive vide")
	}
	return files, nil
}
