import { DefinitionError, quoted } from '../errors.js'

export type RepositoryName = { readonly id: string; readonly revision: string }

const PART = /^[A-Za-z0-9](?:[\w.-]{0,94}\w)?$/ // a hub allows 96 letters, digits, `-`, `_` and `.`, the last two not at an end
const REVISION = /^[A-Za-z0-9_](?:[\w./+-]{0,198}[\w+-])?$/

/** `org/name` or `org/name@revision`; without a revision, `main`. Throws DefinitionError. */
export function readRepositoryName(text: string): RepositoryName {
  const at = text.indexOf('@')
  const id = at < 0 ? text : text.slice(0, at)
  const revision = at < 0 ? 'main' : text.slice(at + 1)
  const refusal = (expected: string, hint: string) =>
    new DefinitionError('hub.name', { at: 'command line', expected, received: quoted(text), hint })
  const parts = id.split('/')
  if (parts.length !== 2 || !parts.every((part) => PART.test(part) && !/\.\.|--/.test(part))) {
    throw refusal('org/name or org/name@revision', 'Copy the name from the top of its page on the hub.')
  }
  if (!REVISION.test(revision) || /\.\.|\/\//.test(revision)) {
    throw refusal('a branch, a tag or a commit after @', 'Copy it from "Files and versions" on the page of the hub.')
  }
  return { id, revision }
}
