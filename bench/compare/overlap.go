package main

func (b *bench) overlap() error { return nil }
