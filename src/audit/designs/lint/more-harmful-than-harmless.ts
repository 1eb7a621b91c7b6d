import { counted } from './phrases.js'
import type { LintRule } from './rule.js'
import { sidesOf } from './sides.js'

/** More harmful labels than harmless ones. */
export const moreHarmfulThanHarmless: LintRule = {
  id: 'more-harmful-than-harmless',
  severity: 'note',
  needs: 'definition',
  readsWords: false,
  means:
    'Labels win images by their number too: where the model cannot tell at all, this share of the images is put into harmful outcome categories.',
  todo: 'Compare with a label set that has as many harmless labels, and read differences between groups rather than the height of a rate.',
  check: ({ labelSet }) => {
    const { harmless, harmful } = sidesOf(labelSet)
    if (harmless.length === 0 || harmful.length <= harmless.length) return []
    const share = `${harmful.length} of ${labelSet.labels.length}`
    const seen = `${counted(harmful.length, 'harmful label')} stand beside ${counted(harmless.length, 'harmless one')}: ${share} by their number alone.`
    return [{ seen, labels: harmful }]
  },
}
