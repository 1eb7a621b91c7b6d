/** What a text is that JSON.parse refused: cut, as a download or a copy that broke off leaves it, or something else. */
export function notJson(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  const place = /at position (\d+)/.exec(message)?.[1]
  const isAtEnd =
    /^(Unexpected end of JSON input|Unterminated string in JSON)/.test(message) ||
    (place !== undefined && Number(place) >= text.trimEnd().length)
  return isAtEnd && /^\s*[[{]/.test(text) ? 'JSON that ends in the middle' : 'text that is not JSON'
}
