package document

import (
	"net/url"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// The selectors below were gathered from council, union and press sites seen in November
// 2026 and from the default templates of SPIP 4, Drupal 7 to 10, WordPress (classic and
// block themes), Dotclear 2, Joomla 4, Blogger, Typo3 and Ametys.

// mainContainers hold the text of a page, the surest first.
var mainContainers = []string{
	"main", "[role=main]", "#contenu", "#content", "#main-content", "#main",
	".region-content", ".hentry", ".entry-content", ".post-body", ".item-page", ".texte",
	"[itemprop=articleBody]", "article", "#corps", ".contenu", ".content", "#page-content",
}

// boilerplate is never the text of the page, inside its container or out of it.
var boilerplate = []string{
	"[aria-hidden=true]", "[hidden]", "[role=banner]", "[role=complementary]",
	"[role=contentinfo]", "[role=dialog]", "[role=navigation]", "[role=search]",
	"#comments", "#fil", "#forum", "#respond", "#sidebar", "#tarteaucitron", "#tarteaucitronRoot",
	".addtoany_share_save_container", ".breadcrumb", ".breadcrumbs", ".comments", ".comments-area",
	".cookie", ".cookies", ".element-invisible", ".fil-ariane", ".formulaire_spip", ".jp-relatedposts",
	".menu", ".navigation", ".nav-links", ".pagination", ".parcours", ".plus-lus", ".post-navigation",
	".related", ".related-posts", ".screen-reader-text", ".sharedaddy", ".share", ".sidebar",
	".skip-link", ".social", ".social-share", ".visually-hidden", ".widget",
	"aside", "button", "form", "iframe", "nav", "noscript", "object", "script", "select",
	"style", "svg", "template",
}

// bylines are read for the day and the author, and are no part of what is said.
var bylines = []string{
	"[itemprop=author]", "[rel=author]", ".auteurs", ".author", ".byline", ".entry-meta",
	".info-publi", ".meta", ".post-meta", ".posted-on", ".publication", ".signature", ".submitted",
	"p.info-publi", "time",
}

// mainText returns the nodes that hold the page's text: the site's own structure first,
// since it says what the site takes for the text, then whatever reads like an article.
func mainText(doc *goquery.Document, base *url.URL) *goquery.Selection {
	for _, selector := range mainContainers {
		found := outermost(doc.Find(selector))
		if found.Length() == 0 {
			continue
		}
		if found.Length() > 1 && !allArticles(found) {
			found = longest(found)
		}
		if wordCount(found) >= 8 {
			return withTitle(doc, found)
		}
	}
	if article := readableArticle(doc, base); article != nil {
		return withTitle(doc, article)
	}
	return doc.Find("body")
}

// withTitle adds the page's heading when it stands outside of the container.
func withTitle(doc *goquery.Document, main *goquery.Selection) *goquery.Selection {
	if main.Find("h1").Length() > 0 {
		return main
	}
	heading := doc.Find("h1").First()
	if heading.Length() == 0 || heading.Closest("[role=banner], body > header").Length() > 0 {
		return main
	}
	return heading.AddSelection(main)
}

func allArticles(s *goquery.Selection) bool {
	return s.FilterFunction(func(_ int, e *goquery.Selection) bool {
		return goquery.NodeName(e) != "article" && !e.HasClass("hentry")
	}).Length() == 0
}

// outermost drops the elements that lie inside another of the selection.
func outermost(s *goquery.Selection) *goquery.Selection {
	nodes := map[*html.Node]bool{}
	for _, n := range s.Nodes {
		nodes[n] = true
	}
	return s.FilterFunction(func(_ int, e *goquery.Selection) bool {
		for p := e.Nodes[0].Parent; p != nil; p = p.Parent {
			if nodes[p] {
				return false
			}
		}
		return true
	})
}

func longest(s *goquery.Selection) *goquery.Selection {
	best, most := s.First(), -1
	s.Each(func(_ int, e *goquery.Selection) {
		if n := wordCount(e); n > most {
			best, most = e, n
		}
	})
	return best
}

func wordCount(s *goquery.Selection) int {
	kept := s.Clone()
	kept.Find(strings.Join(boilerplate, ",")).Remove()
	return len(strings.Fields(kept.Text()))
}

// readableArticle is the fallback for a page whose structure says nothing. SPIP keeps the
// introduction (chapô) apart from the text, and readability drops it.
func readableArticle(doc *goquery.Document, base *url.URL) *goquery.Selection {
	clone := goquery.CloneDocument(doc)
	clone.Find("script, style, nav, aside, noscript, template").Remove()
	article, err := readability.FromDocument(clone.Nodes[0], base)
	if err != nil || article.Node == nil {
		return nil
	}
	found := goquery.NewDocumentFromNode(article.Node).Selection
	whole := wordCount(doc.Find("body"))
	if got := wordCount(found); got < 8 || (whole < 400 && got*2 < whole) {
		return nil
	}
	chapo := doc.Find(".chapo").First()
	if lead := fold(chapo.Text()); lead != "" && !strings.Contains(fold(found.Text()), lead) {
		found = chapo.AddSelection(found)
	}
	return found
}
