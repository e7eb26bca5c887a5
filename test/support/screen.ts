/** Enough of a terminal to see what a person would: lines, cursor up, erase below, cursor shown or hidden. */
export class Screen {
  written = ''
  writes = 0
  cursorShown = true
  private lines: string[] = ['']
  private row = 0

  write(text: string): void {
    this.written += text
    this.writes += 1
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what starts a command
    for (const [part] of text.matchAll(/\u001b\[[?\d;]*[A-Za-z]|\n|\r|[^\u001b\n\r]+/g)) this.apply(part)
  }

  text(): string {
    return this.lines
      .join('\n')
      .replace(/^|$/gm, '|')
      .replace(/^\|\|$/gm, '')
  }

  private apply(part: string): void {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what starts a command
    const up = /^\u001b\[(\d+)A$/.exec(part)
    if (up) this.row -= Number(up[1])
    else if (part === '\u001b[0J') this.lines = [...this.lines.slice(0, this.row), '']
    else if (part === '\u001b[?25h') this.cursorShown = true
    else if (part === '\u001b[?25l') this.cursorShown = false
    else if (part === '\n') {
      this.row += 1
      this.lines[this.row] ??= ''
    } else if (part !== '\r' && !part.startsWith('\u001b')) this.lines[this.row] += part
  }
}
