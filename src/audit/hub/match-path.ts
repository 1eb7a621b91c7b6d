/** Whether a path fits a pattern as dataset cards write them: `*` stands for anything but `/`, `?` for one such character, `**` for anything,
 *  and a pattern that ends in `/` for everything below. Every place of the pattern is followed at once, so that no pattern of a stranger takes long. */
export function matchesPath(path: string, pattern: string): boolean {
  const tokens = (pattern.endsWith('/') ? `${pattern}**` : pattern).match(/\*\*\/|\*\*|[^]/gu) ?? []
  let places = new Set<number>()
  enter(places, tokens, 0)
  for (const character of path) {
    const next = new Set<number>()
    for (const place of places) step(next, tokens, place, character)
    places = next
  }
  return places.has(tokens.length)
}

/** A star may stand for nothing, so whoever comes to one is also behind it. */
function enter(places: Set<number>, tokens: readonly string[], place: number): void {
  places.add(place)
  if (tokens[place]?.startsWith('*') === true) enter(places, tokens, place + 1)
}

function step(next: Set<number>, tokens: readonly string[], place: number, character: string): void {
  switch (tokens[place]) {
    case '*':
      if (character !== '/') enter(next, tokens, place)
      return
    case '**':
      return enter(next, tokens, place)
    case '**/': // whole folders: behind it only after a `/`
      next.add(place)
      if (character === '/') enter(next, tokens, place + 1)
      return
    case '?':
      if (character !== '/') enter(next, tokens, place + 1)
      return
    case character:
      enter(next, tokens, place + 1)
  }
}
