import { DefinitionError } from '../errors.js'

/** A token as a header can carry it: visible ASCII, in one piece. What is wrong with another is said without a character of it. Throws DefinitionError. */
export function readToken(text: string | null): string | null {
  if (text === null || /^[\x21-\x7e]+$/.test(text)) return text
  throw new DefinitionError('hub.token', {
    at: 'environment',
    field: 'HF_TOKEN',
    expected: 'one token, of letters, digits and signs',
    received: 'a text with a space, a line break or another character that no token has',
    hint: 'Set it again to the token alone: one line, as the page of your account shows it.',
  })
}
