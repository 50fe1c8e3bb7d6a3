//go:build !race

package minutes_test

const raced = false
