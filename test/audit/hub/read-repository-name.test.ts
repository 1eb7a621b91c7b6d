import { describe, expect, it } from 'vitest'
import { readRepositoryName } from '../../../src/audit/hub/read-repository-name.js'

describe('readRepositoryName', () => {
  it.each([
    ['Xenova/clip-vit-base-patch32', 'Xenova/clip-vit-base-patch32', 'main'],
    ['org/name_1.0@v1.0', 'org/name_1.0', 'v1.0'],
    ['org/name@refs/convert/parquet', 'org/name', 'refs/convert/parquet'],
    ['org/name@0123456789abcdef0123456789abcdef01234567', 'org/name', '0123456789abcdef0123456789abcdef01234567'],
    ['o/n', 'o/n', 'main'],
  ])('reads %s', (text, id, revision) => expect(readRepositoryName(text)).toEqual({ id, revision }))

  it.each(['name', 'org/name/more', '../etc', 'org/..', 'org/.name', 'org/name.', 'org/na..me', 'org/na me', '/name', 'org/', `org/${'n'.repeat(97)}`, 'https://huggingface.co/org/name', ''])('refuses %j, which names no repository', (text) => {
    expect(() => readRepositoryName(text)).toThrow('expected org/name or org/name@revision')
  }) // prettier-ignore

  it.each(['org/name@', 'org/name@../main', 'org/name@a//b', 'org/name@a b', 'org/name@-x', 'org/name@a?b', 'org/name@a\u0000'])('refuses the revision of %j', (text) => {
    expect(() => readRepositoryName(text)).toThrow('expected a branch, a tag or a commit after @')
  }) // prettier-ignore
})
