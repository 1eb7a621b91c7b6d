import { Lexer, Parser, type CST, type LineCounter } from 'yaml'
import { DefinitionError } from '../errors.js'

const MOST_LEXEMES = 400_000 // 10,000 labels have about 290,000
const DEEPEST_STACK = 100 // each nested collection takes two or three entries; formFaults counts the depth exactly

/** The concrete syntax of a YAML text, refused while it is being read if it is a bomb: nested too deep or cut into too many pieces.
 *  The package's own limits act only after the whole text has been built up, which takes seconds. */
export function parseTokens(text: string, file: string, lines: LineCounter): CST.Token[] {
  const refuseAt = (line: number, expected: string, received: string): DefinitionError =>
    new DefinitionError('definition.yaml', { at: `${file}:${line}`, expected, received })
  refuseControls(text, refuseAt)
  refuseManyPieces(text, refuseAt)
  const parser = new Parser(lines.addNewLine)
  const tokens: CST.Token[] = []
  let offset = 0
  lines.addNewLine(0)
  const refuse = (expected: string, received: string): DefinitionError =>
    refuseAt(lines.linePos(offset).line, expected, received)
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(checked(token, refuse))
    if (parser.stack.length > DEEPEST_STACK) throw refuse('at most 32 nested levels', 'more')
    offset = parser.offset
  }
  for (const token of parser.end()) tokens.push(checked(token, refuse))
  return tokens
}

type RefuseAt = (line: number, expected: string, received: string) => DefinitionError

// eslint-disable-next-line no-control-regex -- YAML 1.2, section 5.1: of these only tab, line feed and carriage return are characters of a file
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/

/** A file with them was damaged, or wants to look like another on a terminal. In quotes they can be written as codes. */
function refuseControls(text: string, refuseAt: RefuseAt): void {
  const at = text.search(CONTROL)
  if (at < 0) return
  const code = `U+${text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')}`
  throw refuseAt(lineOf(text, at), 'YAML without control characters', `the character ${code}`)
}

/** Cutting a text into pieces costs a fraction of what is built of them: a bomb of pieces is found before. */
function refuseManyPieces(text: string, refuseAt: RefuseAt): void {
  if (text.length <= MOST_LEXEMES / 2) return // a character makes two pieces at most
  let lexemes = 0
  let depth = 0
  let line = 1
  for (const lexeme of new Lexer().lex(text)) {
    if (++lexemes > MOST_LEXEMES) throw refuseAt(line, 'a file of at most 400,000 pieces', 'more')
    if (lexeme === '[' || lexeme === '{') depth++
    else if (lexeme === ']' || lexeme === '}') depth--
    else for (let at = lexeme.indexOf('\n'); at >= 0; at = lexeme.indexOf('\n', at + 1)) line++
    if (depth > DEEPEST_STACK) throw refuseAt(line, 'at most 32 nested levels', 'more')
  }
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

function checked(token: CST.Token, refuse: (expected: string, received: string) => DefinitionError): CST.Token {
  // `%YAML 1.1` would turn `no` into false, `%TAG` would give tags a meaning
  if (token.type === 'directive') throw refuse('YAML without directives', `a line that begins with "%"`)
  return token
}
