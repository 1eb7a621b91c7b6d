import type { Figure, OwnFigure, Wording } from '../../types/figures.js'
import type { LinearProbeObserved } from '../../types/observed/linear-probe.js'
import type { TableDraft } from '../measure-kind.js'
import { overDraws } from './over-draws.js'
import { says } from './words.js'

type Fit = LinearProbeObserved['fits'][number]

/** What the classifiers of an attribute were fitted to, and whether each of them came to an end. */
export function fitsTable({ attribute, evidence, labelSet, fits, train }: LinearProbeObserved): TableDraft {
  const shots = [...new Set(fits.map((fit) => fit.shots))].sort((a, b) => (a === 0 ? 1 : b === 0 ? -1 : a - b))
  return {
    evidence,
    labelSet,
    key: `linear-probe/${attribute}/fits`,
    title: says('fits.title', ['attribute', attribute]),
    rowHeading: says('fits.row'),
    columns: [
      { key: 'trained', heading: says('fits.trained'), unit: 'count' },
      { key: 'fits', heading: says('fits.fits'), unit: 'count' },
      { key: 'converged', heading: says('fits.converged'), unit: 'count' },
      { key: 'iterations', heading: says('fits.iterations'), unit: 'number' },
      { key: 'loss', heading: says('fits.loss'), unit: 'number' },
    ],
    rows: shots.map((one) => ({
      key: one === 0 ? 'linear-probe' : `few-shot-${one}`,
      name: { kind: 'wording', wording: one === 0 ? says('linear-probe') : says('few-shot', ['shots', one]) },
      figures: figuresOf(fits.filter((fit) => fit.shots === one)),
    })),
    notes: notesOf(fits, train.quarantined),
    chart: 'none',
  }
}

function figuresOf(fits: readonly Fit[]): Figure[] {
  const mean = (of: (fit: Fit) => number): Figure =>
    overDraws(fits.map((fit): OwnFigure => ({ kind: 'own', value: of(fit) })))
  const sizes = [...new Set(fits.map(({ trained }) => trained))]
  return [
    sizes.length === 1 ? { kind: 'own', value: sizes[0] } : mean(({ trained }) => trained),
    { kind: 'own', value: fits.length },
    { kind: 'own', value: fits.filter(({ converged }) => converged).length },
    mean(({ iterations }) => iterations),
    mean(({ loss }) => loss),
  ]
}

function notesOf(fits: readonly Fit[], quarantined: number): Wording[] {
  const stopped = fits.filter(({ converged }) => !converged).length
  const named = (of: (fit: Fit) => readonly string[]): string => [...new Set(fits.flatMap(of))].join(', ')
  const [absent, fewer] = [named((fit) => fit.absent), named((fit) => fit.fewer)]
  return [
    says('fits.note'),
    ...(stopped > 0 ? [says('fits.not-converged', ['fits', stopped])] : []),
    ...(absent === '' ? [] : [says('fits.absent', ['classes', absent])]),
    ...(fewer === '' ? [] : [says('fits.fewer', ['classes', fewer])]),
    ...(quarantined > 0 ? [says('fits.quarantined', ['images', quarantined])] : []),
  ]
}
