package document

func pageTurns(page *webPage, head *pageHead) []Turn { return nil }
