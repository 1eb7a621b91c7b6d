const WIDTH = 100

/** Breaks a line of plain text at spaces so that it fits a terminal; the lines after the first hang, by default twice as deep. */
export function wrapped(text: string, indent: string, hanging = indent + indent, width = WIDTH): string[] {
  const lines: string[] = []
  let line = indent
  for (const word of text.split(' ')) {
    const isEmpty = line.trim() === ''
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line)
      line = hanging + word
    } else {
      line = isEmpty ? line + word : `${line} ${word}`
    }
  }
  return [...lines, line]
}
