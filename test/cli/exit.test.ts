import { CommanderError } from 'commander'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { DatasetError, DefinitionError, Interrupted, ModelError } from '../../src/audit/errors.js'
import { EXIT, exitWith } from '../../src/cli/exit.js'

afterEach(() => vi.restoreAllMocks())

/** The exit code and what was printed. */
function ended(error: unknown, argv: string[] = []): { code: number | undefined; printed: string } {
  let code: number | undefined
  let printed = ''
  vi.spyOn(process, 'argv', 'get').mockReturnValue(['node', 'probity', ...argv])
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed += String(text)
    return true
  })
  vi.spyOn(process, 'exit').mockImplementation((given) => {
    code ??= Number(given)
    throw new Error('ended') // the real one does not come back either
  })
  expect(() => exitWith(error)).toThrow('ended')
  return { code, printed }
}

const FAULT = { at: 'audit.yaml:3', field: 'seed', expected: 'a whole number', received: '"x"' }
const systemError = (code: string, path?: string): Error => Object.assign(new Error(code), { code, path })

describe('exitWith', () => {
  it('has the six designed codes', () => {
    expect(EXIT).toEqual({ passed: 0, failed: 1, badUsage: 2, incomplete: 3, ownFault: 70, interrupted: 130 })
  })

  it.each([new DefinitionError('a', FAULT), new DatasetError('b', FAULT), new ModelError('c', FAULT)])(
    'ends with 2 and one plain message when the user can mend it',
    (error) => {
      expect(ended(error)).toEqual({
        code: 2,
        printed: 'audit.yaml:3: seed: expected a whole number but received "x"\n',
      })
    },
  )

  it.each([
    ['EACCES', 'permission denied'],
    ['EROFS', 'the file system is read-only'],
    ['EFBIG', 'the file would be larger than is allowed here'],
    ['ENAMETOOLONG', 'the name is too long'],
    ['ELOOP', 'a link leads round in a circle'],
  ])('ends with 3 and plain words on %s', (code, words) => {
    expect(ended(systemError(code, '/out/audit.json'))).toEqual({
      code: 3,
      printed: `/out/audit.json: ${words}. Nothing was left half-written\n`,
    })
    expect(ended(systemError(code)).printed).toContain(`a file: ${words}`)
  })

  it('ends with 3 and the code itself on an error of the system that it has no words for', () => {
    const error = Object.assign(new Error('EOVERFLOW'), {
      code: 'EOVERFLOW',
      errno: -75,
      syscall: 'write',
      path: '/out',
    })
    expect(ended(error)).toEqual({ code: 3, printed: '/out: EOVERFLOW. Nothing was left half-written\n' })
  })

  it.each([
    ['ENOSPC', 'the disk is full'],
    ['EDQUOT', 'no more may be written here (quota)'],
  ])('ends with 3 on %s, names the folder, and says what to do', (code, words) => {
    const way = `${words}. Free some room there, or name another folder with --out or --store, and run it again: vectors in the store are kept. Nothing was left half-written\n`
    expect(ended(systemError(code, '/out/audit.json'))).toEqual({ code: 3, printed: `/out: ${way}` })
    expect(ended(systemError(code)).printed).toBe(`the folder of --out or --store: ${way}`)
  })

  it('calls an error of its own what it is, with a code of its own, and asks for a report', () => {
    expect(ended(new Error('boom'))).toEqual({
      code: 70,
      printed: 'probity stopped on an error of its own: boom. Run again with --debug and report it\n',
    })
    expect(ended('boom').printed).toContain('boom')
    expect(ended(Object.assign(new TypeError('bad'), { code: 'ERR_INVALID_ARG_TYPE' })).code).toBe(70)
  })

  it('shows the stack and the cause only with --debug', () => {
    const error = new DefinitionError('a', FAULT, { cause: new Error('the deeper reason') })
    expect(ended(error).printed).not.toContain('the deeper reason')
    expect(ended(error, ['--debug']).printed).toMatch(/DefinitionError[\s\S]*caused by Error: the deeper reason/)
  })

  it('lets commander speak for itself: help ends with 0, bad usage with 2', () => {
    expect(ended(new CommanderError(0, 'commander.helpDisplayed', 'help'))).toEqual({ code: 0, printed: '' })
    expect(ended(new CommanderError(1, 'commander.unknownOption', 'no'))).toEqual({ code: 2, printed: '' })
  })

  it('ends with 130 when the user stopped it, and says what is kept and how to go on', () => {
    const error = new Interrupted({ embedded: 1, left: 99, isKept: true })
    expect(ended(error, ['embed', '--model', 'my clip'])).toEqual({
      code: 130,
      printed:
        "Interrupted: 1 image embedded and kept by this run, 99 left. To go on, run it again:\n  probity embed --model 'my clip'\n",
    })
  })

  it('promises nothing when the user stopped it and there is no store', () => {
    expect(ended(new Interrupted({ embedded: 64, left: 36, isKept: false }))).toEqual({
      code: 130,
      printed: 'Interrupted. Without a store nothing was kept.\n',
    })
  })
})
