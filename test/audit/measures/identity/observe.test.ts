import { describe, expect, it } from 'vitest'
import { drawClasses } from '../../../../src/audit/measures/identity/draw-names.js'
import { observeIdentity } from '../../../../src/audit/measures/identity/observe.js'
import { createRandom } from '../../../../src/audit/statistics/random.js'
import type { IdentityObserved } from '../../../../src/audit/types/observed/identity.js'
import { embeddingsOf, inputOf, peopleOf } from '../made-up-scores.js'

/** Made-up people: each name is a direction of a circle, and a recognised image points where its name does. */
const PEOPLE = 60
const nameOf = (person: number): string => `person ${String(person).padStart(3, '0')}`
const directionOf = (person: number): [number, number] => {
  const angle = (2 * Math.PI * person) / PEOPLE
  return [Math.cos(angle), Math.sin(angle)]
}

type World = {
  /** Whether an image of a person is recognised. */
  readonly isRecognised: (person: number, image: number) => boolean
  readonly imagesEach?: number
  readonly genderOf?: (person: number) => string
  readonly classCounts?: readonly number[]
  readonly shuffle?: boolean
}

async function observe(world: World): Promise<IdentityObserved> {
  const { isRecognised, imagesEach = 4, genderOf = (person) => (person % 2 === 0 ? 'Male' : 'Female') } = world
  const made = Array.from({ length: PEOPLE * imagesEach }, (_, row) => {
    const person = Math.floor(row / imagesEach)
    const isRight = isRecognised(person, row % imagesEach)
    return { person, of: [genderOf(person)], vector: directionOf(isRight ? person : person + PEOPLE / 2) }
  })
  const rows = world.shuffle === true ? createRandom(9).shuffle(made) : made
  const names = Array.from({ length: PEOPLE }, (_, person) => nameOf(person))
  const identities = {
    name: 'identity',
    values: names,
    codes: Uint16Array.from(rows, ({ person }) => person),
    labelledBy: 'unknown' as const,
  }
  const [observed] = await observeIdentity(
    inputOf(
      { kind: 'identity', classCounts: world.classCounts ?? [60, 100], draws: 3 },
      {
        people: peopleOf([{ name: 'gender', values: ['Male', 'Female'] }], rows),
        identities,
        embeddings: embeddingsOf(rows.map(({ vector }) => vector)),
        embedTexts: (texts) =>
          Promise.resolve(
            Float32Array.from(
              texts.flatMap((text) => directionOf(Number(/^a photo of person (\d+)\.$/.exec(text)?.[1]))),
            ),
          ),
      },
    ),
  )
  return observed
}

describe('observeIdentity', () => {
  it('recovers a planted share: half of the images of every person are recognised', async () => {
    const { counts, names, images } = await observe({ isRecognised: (_, image) => image < 2 })
    expect([names, images]).toEqual([60, 240])
    expect(counts[0].draws).toEqual([{ draw: 1, images: 240, right: 120 }]) // 60 of 60 names: one draw says all
    const [everyone] = counts[0].groups
    expect(everyone).toEqual({ group: [], value: 0.5, interval: [0.5, 0.5] }) // all people alike: nothing moves
  })

  it('finds the group that is planted, and has wide bounds where people differ', async () => {
    const { counts } = await observe({ isRecognised: (person) => person % 2 === 0 && person % 4 === 0 })
    const [everyone, men, women] = counts[0].groups
    expect([everyone.value, men.value, women.value]).toEqual([0.25, 0.5, 0])
    expect(women.interval?.[0]).toBe(0)
    expect(women.interval?.[1]).toBeCloseTo(0.113513393, 8) // 0 of 30 people, never [0, 0]
    const [low, high] = men.interval ?? [0, 0]
    expect(low).toBeGreaterThan(0.2)
    expect(high).toBeLessThan(0.8)
    expect(high - low).toBeGreaterThan(0.25) // 30 people, not 120 images: plus or minus 0.18
  })

  it('leaves out a number of names that are not there, with the reason', async () => {
    const { counts } = await observe({ isRecognised: () => true })
    expect(counts[1]).toEqual({ classes: 100, reason: 'cut-exceeds-list', draws: [], groups: [] })
  })

  it('asks only images of the people drawn, among their names', async () => {
    const { counts } = await observe({ isRecognised: () => true, classCounts: [20] })
    expect(counts[0].draws).toEqual([1, 2, 3].map((draw) => ({ draw, images: 80, right: 80 })))
  })

  it('hides a whole grouping where one of its groups shows fewer than ten people', async () => {
    const { counts } = await observe({
      isRecognised: () => true,
      genderOf: (person) => (person < 3 ? 'Female' : 'Male'),
    })
    expect(counts[0].groups.slice(1)).toEqual([
      { group: [['gender', 'Male']], value: null, reason: 'group-too-small' },
      { group: [['gender', 'Female']], value: null, reason: 'group-too-small' },
    ])
  })

  it('keeps no name', async () => {
    expect(JSON.stringify(await observe({ isRecognised: () => true }))).not.toContain('person 0')
  })

  it('ignores the order of the rows', async () => {
    const isRecognised = (person: number, image: number): boolean => (person + image) % 3 === 0
    expect(await observe({ isRecognised, shuffle: true })).toEqual(await observe({ isRecognised }))
  })
})

describe('drawClasses', () => {
  it('draws without replacement, the same from one seed, each number of names on its own', () => {
    const options = { draws: 4, seed: 1, stream: 'identity/x' }
    const draws = drawClasses(50, 10, options)
    expect(draws.map((one) => new Set(one).size)).toEqual([10, 10, 10, 10])
    expect(drawClasses(50, 10, options)).toEqual(draws)
    expect(drawClasses(50, 11, options)[0].slice(0, 10)).not.toEqual(draws[0])
    expect(drawClasses(9, 10, options)).toEqual([])
  })
})
