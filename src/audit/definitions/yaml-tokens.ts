import { Lexer, Parser, type CST, type LineCounter } from 'yaml'
import { DefinitionError } from '../errors.js'

const MOST_LEXEMES = 400_000 // 10,000 labels have about 290,000
const DEEPEST_STACK = 100 // each nested collection takes two or three entries; formFaults counts the depth exactly

/** The concrete syntax of a YAML text, refused while it is being read if it is a bomb: nested too deep or cut into too many pieces.
 *  The package's own limits act only after the whole text has been built up, which takes seconds. */
export function parseTokens(text: string, file: string, lines: LineCounter): CST.Token[] {
  const parser = new Parser(lines.addNewLine)
  const tokens: CST.Token[] = []
  let lexemes = 0
  let offset = 0
  lines.addNewLine(0)
  const refuse = (expected: string, received: string): DefinitionError =>
    new DefinitionError('definition.yaml', { at: `${file}:${lines.linePos(offset).line}`, expected, received })
  for (const lexeme of new Lexer().lex(text)) {
    lexemes += 1
    if (lexemes > MOST_LEXEMES) throw refuse('a file of at most 400,000 pieces', 'more')
    for (const token of parser.next(lexeme)) tokens.push(checked(token, refuse))
    if (parser.stack.length > DEEPEST_STACK) throw refuse('at most 32 nested levels', 'more')
    offset = parser.offset
  }
  for (const token of parser.end()) tokens.push(checked(token, refuse))
  return tokens
}

function checked(token: CST.Token, refuse: (expected: string, received: string) => DefinitionError): CST.Token {
  // `%YAML 1.1` would turn `no` into false, `%TAG` would give tags a meaning
  if (token.type === 'directive') throw refuse('YAML without directives', `a line that begins with "%"`)
  return token
}
