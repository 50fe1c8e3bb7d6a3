package review

// english are the messages in English, by their French words.
var english = map[string]string{}
