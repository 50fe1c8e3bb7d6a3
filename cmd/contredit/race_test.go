//go:build race

package main

// fewKills is how often the crash loop kills by itself: the race detector makes the job ten
// times slower.
const fewKills = 2
