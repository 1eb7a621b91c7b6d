import { quoted } from '../errors.js'

/** The candidate that a reader most likely meant by `word`, or null when none is near: first the same letters in another case or
 *  spacing, then one that begins with or contains it, then the smallest edit distance. Cost: candidates x length squared. */
export function nearestWord(word: string, candidates: readonly string[]): string | null {
  if (candidates.includes(word)) return word
  const folded = fold(word)
  if (folded === '') return null
  const same = candidates.find((candidate) => fold(candidate) === folded)
  if (same !== undefined) return same
  const within = candidates.filter((candidate) => overlaps(fold(candidate), folded))
  if (within.length > 0) return shortest(within)
  return closest(folded, candidates)
}

/** `did you mean "East Asian"?` for a hint, or null when nothing is near. Of a word that only looks the same (NFC and NFD), that is said. */
export function didYouMean(word: string, candidates: readonly string[]): string | null {
  const candidate = nearestWord(word, candidates)
  if (candidate === null) return null
  const looksSame = candidate !== word && candidate.normalize('NFC') === word.normalize('NFC')
  return `Did you mean ${quoted(candidate)}${looksSame ? ' in another Unicode form? Copy the name from the file' : '?'}`
}

const SHORTEST_PART = 3 // two letters are part of too many words

function overlaps(candidate: string, word: string): boolean {
  if (Math.min(candidate.length, word.length) < SHORTEST_PART) return false
  return candidate.includes(word) || word.includes(candidate)
}

/** Letters and digits only, in lower case: "latino_hispanic" and "Latino Hispanic" are one word to a reader. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

function shortest(words: readonly string[]): string {
  return words.reduce((best, word) => (word.length < best.length ? word : best))
}

const LONGEST_COMPARED = 64 // longer words are not typing slips of each other

function closest(word: string, candidates: readonly string[]): string | null {
  if (word.length > LONGEST_COMPARED) return null
  let best: string | null = null
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1
  for (const candidate of candidates) {
    const folded = fold(candidate)
    if (Math.abs(folded.length - word.length) >= bestDistance) continue
    const distance = editDistance(word, folded)
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance]
  }
  return best
}

/** Fewest letters inserted, left out, changed, or swapped with their neighbour (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swap = isSwap ? beforeLast[j - 2] + 1 : Infinity
      current.push(Math.min(last[j] + 1, current[j - 1] + 1, change, swap))
    }
    beforeLast = last
    last = current
  }
  return last[b.length]
}
