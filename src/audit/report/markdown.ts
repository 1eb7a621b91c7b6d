/** Text as Markdown shows it literally: marks are escaped, angle brackets and at-signs become entities, line breaks spaces. */
export function markdownText(text: string): string {
  return text
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/[\\`*_{}[\]#|~]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '&#64;')
    .replace(/^(\s*)([-+=]|\d+[.)])(?=\s|$)/, '$1\\$2')
}

/** A table with a heading row; every cell is escaped. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(' | ')} |`
  return [line(header), `| ${header.map(() => '---').join(' | ')} |`, ...rows.map(line), '']
}

/** A list with one escaped line per entry. */
export function markdownList(entries: readonly string[]): string[] {
  return [...entries.map((entry) => `- ${markdownText(entry)}`), '']
}

/** A part that is closed until its line is chosen. The line is HTML, where Markdown's own marks need no escape. */
export function markdownDetails(line: string, content: readonly string[]): string[] {
  const summary = line
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '&#64;')
  return ['<details>', `<summary>${summary}</summary>`, '', ...content, '</details>', '']
}

/** A heading of the given depth. */
export function markdownHeading(depth: number, text: string): string[] {
  return [`${'#'.repeat(depth)} ${markdownText(text)}`, '']
}

/** A paragraph. */
export function markdownParagraph(text: string): string[] {
  return [markdownText(text), '']
}
