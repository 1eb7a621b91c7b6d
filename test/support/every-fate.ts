import type { Scene } from './facts.js'

/** Some 270 made-up images that end in every way a row can: decided, undecided, unreadable, excluded. */
export const EVERY_FATE: Scene = {
  attributes: [
    { name: 'race', values: ['A', 'B', 'C'] },
    { name: 'gender', values: ['Male', 'Female'] },
  ],
  blocks: [
    { of: ['A', 'Male'], images: 60, label: 'thief' },
    { of: ['A', 'Female'], images: 60, label: 'woman' },
    { of: ['B', 'Male'], images: 100, label: 'man' },
    { of: ['B', 'Female'], images: 3, fate: 'unreadable' },
    { of: ['C', 'Male'], images: 40, label: 'man' },
    { of: ['C', 'Male'], images: 2, fate: 'undecided' },
    { of: ['C', 'Female'], images: 4, fate: 'excluded' },
  ],
}
