import { describe, expect, it } from 'vitest'
import { localesAsked } from '../../src/cli/locale-option.js'

describe('--locale', () => {
  it('names languages in the order of the page, and English when it is not given', async () => {
    expect(await localesAsked('ko, en')).toEqual(['ko', 'en'])
    expect(await localesAsked(undefined)).toEqual(['en'])
  })

  it('refuses a language that is not there, and names those that are', async () => {
    await expect(localesAsked('en,fr')).rejects.toThrow(
      'command line: --locale: expected languages (en, ko), separated by commas but received "fr"',
    )
  })
})
