import { constants } from 'node:buffer'
import { readWholeText } from './whole-text.js'

/** The text of a saved result. Throws DefinitionError where there is none, or one that no program can hold in one text. */
export function readSavedText(file: string): string {
  return readWholeText(file, file, {
    what: 'a saved audit.json',
    mostBytes: constants.MAX_STRING_LENGTH,
    code: 'audit.unreadable',
    hint: 'Give the path that probity audit printed.',
  })
}
