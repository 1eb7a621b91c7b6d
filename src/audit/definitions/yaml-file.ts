import { Composer, LineCounter, type Document, type Node } from 'yaml'
import { DefinitionError, type Fault } from '../errors.js'
import { printable } from './words.js'
import { parseTokens } from './yaml-tokens.js'
import { formFaults } from './yaml-form.js'
import { readWholeText } from './whole-text.js'

/** A YAML file that is well-formed and small, with its node tree; nothing is known of its meaning yet. */
export type YamlDocument = {
  /** As it is printed in messages. */
  readonly file: string
  readonly root: Node
  /** Line of a character offset, from 1. */
  readonly lineAt: (offset: number) => number
}

const LARGEST_BYTES = 1_000_000 // a label set of 10,000 labels has about 650 KB

/** Reads a YAML file of at most 1 MB. `shown` is the name printed in messages (default: the path as given).
 *  Throws DefinitionError for a missing, too large, not UTF-8 or malformed file; never runs or resolves anything in it. */
export function readYaml(file: string, shown: string = file): YamlDocument {
  return parseYaml(readSmallText(file, shown), shown)
}

/** The same for text that is already in memory. */
export function parseYaml(text: string, shown: string): YamlDocument {
  const file = printable(shown)
  const lines = new LineCounter()
  const tokens = parseTokens(text, file, lines)
  // uniqueKeys compares every key with every other; formFaults finds duplicates in one pass
  const composer = new Composer({ schema: 'core', uniqueKeys: false, prettyErrors: false, version: '1.2' })
  const documents = [...composer.compose(tokens, true, text.length)]
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line)
  const faults = documentFaults(documents, file, lineAt)
  if (faults.length > 0) throw new DefinitionError('definition.yaml', faults)
  const root = documents[0]?.contents
  if (root === null || root === undefined) throw emptyFile(file)
  return { file, root, lineAt }
}

function documentFaults(documents: Document[], file: string, lineAt: (offset: number) => number): Fault[] {
  const second = documents[1]
  if (second !== undefined) {
    const at = `${file}:${lineAt(second.range?.[0] ?? 0)}`
    return [{ at, expected: 'one YAML document', received: 'several', hint: 'Remove the line "---".' }]
  }
  return documents.flatMap((document) => {
    // one unclosed quote breaks every line below it: only the first error says where to look
    const broken = document.errors.slice(0, 1).map(({ pos, message }) => ({
      at: `${file}:${lineAt(pos[0])}`,
      expected: 'well-formed YAML',
      received: `something else (${printable(message)})`,
    }))
    return broken.length > 0 || document.contents === null ? broken : formFaults(document.contents, file, lineAt)
  })
}

function readSmallText(file: string, shown: string): string {
  return readWholeText(file, shown, {
    what: 'a YAML file',
    mostBytes: LARGEST_BYTES,
    code: 'definition.unreadable',
    hint: 'Check the path.',
  })
}

function emptyFile(file: string): DefinitionError {
  return new DefinitionError('definition.yaml', { at: `${file}:1`, expected: 'a mapping', received: 'an empty file' })
}
