import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { beforeEach, afterEach, describe, expect, it, vi } from 'vitest'
import { storeChoice, storeFolder } from '../../src/cli/store-place.js'

beforeEach(() => vi.stubEnv('PROBITY_STORE', undefined))
afterEach(() => vi.unstubAllEnvs())

describe('where the store is', () => {
  it('is where --store says', () => {
    expect(storeFolder('/data/store')).toBe(resolve('/data/store'))
  })

  it('is where --store says, whatever PROBITY_STORE says', () => {
    vi.stubEnv('PROBITY_STORE', '/elsewhere')
    expect(storeFolder('/data/store')).toBe(resolve('/data/store'))
  })

  it('is where PROBITY_STORE says when there is no flag', () => {
    vi.stubEnv('PROBITY_STORE', '/elsewhere')
    expect(storeFolder()).toBe(resolve('/elsewhere'))
  })

  it('is meant from the working folder when it is relative', () => {
    expect(storeFolder('store')).toBe(join(process.cwd(), 'store'))
    vi.stubEnv('PROBITY_STORE', 'store')
    expect(storeFolder()).toBe(join(process.cwd(), 'store'))
  })

  it('is not named by a PROBITY_STORE that is empty', () => {
    const usual = storeFolder()
    vi.stubEnv('PROBITY_STORE', '')
    expect(storeFolder()).toBe(usual)
  })

  it('is where the system keeps caches when nobody says', () => {
    vi.stubEnv('XDG_CACHE_HOME', undefined)
    vi.stubEnv('LOCALAPPDATA', undefined)
    const usual: Partial<Record<NodeJS.Platform, string>> = {
      darwin: 'Library/Caches/probity',
      win32: 'AppData/Local/probity/Cache',
    }
    expect(storeFolder()).toBe(join(homedir(), usual[process.platform] ?? '.cache/probity'))
  })
})

describe('which store a run uses', () => {
  it('uses none with --no-store, also where PROBITY_STORE names one', () => {
    vi.stubEnv('PROBITY_STORE', '/elsewhere')
    expect(storeChoice({ store: false })).toBeNull()
    expect(storeChoice({ store: false, rehash: true })).toBeNull()
  })

  it('uses the usual one without flags, and trusts what it knows of files', () => {
    vi.stubEnv('PROBITY_STORE', '/elsewhere')
    expect(storeChoice({})).toEqual({ folder: resolve('/elsewhere'), rehash: false })
  })

  it('uses the one that --store names', () => {
    expect(storeChoice({ store: '/data/store' })).toEqual({ folder: resolve('/data/store'), rehash: false })
  })

  it('trusts nothing that it knows of files with --rehash', () => {
    expect(storeChoice({ store: '/data/store', rehash: true })).toEqual({
      folder: resolve('/data/store'),
      rehash: true,
    })
  })
})
