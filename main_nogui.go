//go:build nogui

// Command renkei without the window: only the commands, without OpenGL.
package main

import (
	"os"

	"renkei/app/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:])) }
