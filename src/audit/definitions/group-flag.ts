import { DefinitionError, quoted } from '../errors.js'
import type { AttributePair, Group } from '../types/groups.js'
import { COMMAND_LINE } from './plan-flags.js'

/** Reads `--group race=Black --group gender=Male`, or `race=Black,gender=Male` in one; none is everyone. A comma begins a new pair only
 *  where an equals sign follows, since values may hold commas. Throws DefinitionError with all faults. */
export function readGroupFlags(texts: readonly string[]): Group {
  const parts = texts.flatMap((text) => text.split(/,(?=[^,=]+=)/))
  const pairs = parts.map((part): AttributePair => {
    const cut = part.indexOf('=')
    return cut < 0 ? [part, ''] : [part.slice(0, cut).trim(), part.slice(cut + 1).trim()]
  })
  const faults = pairs.flatMap(([attribute, value], index) => {
    const isRepeated = pairs.findIndex(([other]) => other === attribute) < index
    if (attribute !== '' && value !== '' && !isRepeated) return []
    const expected = isRepeated
      ? 'each attribute once'
      : 'attribute=value, such as race=Black or race=Black,gender=Male'
    return [{ at: COMMAND_LINE, field: '--group', expected, received: quoted(parts[index]) }]
  })
  if (faults.length > 0) throw new DefinitionError('flag.group', faults)
  return pairs
}
