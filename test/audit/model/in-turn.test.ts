import { expect, it } from 'vitest'
import { inTurn } from '../../../src/audit/model/in-turn.js'

/** Tasks that end when they are told to, and what has begun. */
function tasks(width: number) {
  const turns = inTurn(width)
  const begun: string[] = []
  const end = new Map<string, () => void>()
  const ask = (name: string): Promise<string> =>
    turns(() => {
      begun.push(name)
      return new Promise((answer) => end.set(name, () => answer(name)))
    })
  return { turns, begun, end, ask }
}

it('begins as many tasks as it may at once, and the next when one has ended, in the order they came', async () => {
  const { begun, end, ask } = tasks(2)
  const [first] = [ask('a'), ask('b'), ask('c'), ask('d')]
  expect(begun).toEqual(['a', 'b'])
  end.get('a')?.()
  expect(await first).toBe('a')
  await Promise.resolve()
  expect(begun).toEqual(['a', 'b', 'c'])
})

it('goes on after a task that failed', async () => {
  const { turns, begun, ask } = tasks(1)
  await expect(turns(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  void ask('a')
  await Promise.resolve()
  expect(begun).toEqual(['a'])
})
