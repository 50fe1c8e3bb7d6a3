//go:build !race

package main

// fewKills is how often the crash loop kills by itself.
const fewKills = 6
