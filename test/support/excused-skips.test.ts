import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EXCUSES, excuseOf, type Excuse } from './excused-skips.js'

const excuse = (isImpossible: boolean): Excuse => ({
  file: 'test/a.test.ts',
  test: 'a disk > is full',
  why: 'no disk was filled',
  isImpossible: () => isImpossible,
})

describe('a skipped test', () => {
  it('is excused with its reason where the machine cannot do what it needs', () => {
    expect(excuseOf('test/a.test.ts', 'a disk > is full (needs mount)', [excuse(true)])).toBe('no disk was filled')
  })

  it('is not excused where the machine can, nor in another file, nor by another name', () => {
    expect(excuseOf('test/a.test.ts', 'a disk > is full', [excuse(false)])).toBeNull()
    expect(excuseOf('test/b.test.ts', 'a disk > is full', [excuse(true)])).toBeNull()
    expect(excuseOf('test/a.test.ts', 'a disk > is slow', [excuse(true)])).toBeNull()
  })

  it.each(EXCUSES)('that is excused is there: $file, $test', ({ file, test }) => {
    const source = readFileSync(join(import.meta.dirname, '../..', file), 'utf8')
    for (const name of test.split(' > ')) expect(source).toContain(`'${name}`)
  })
})
