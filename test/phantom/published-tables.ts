// Radford et al. 2021, section 7.1, Tables 6 and 7: percent of the images of each group, as printed.
const RACES = ['Black', 'White', 'Indian', 'Latino_Hispanic', 'Middle Eastern', 'Southeast Asian', 'East Asian']
const AGES = ['0-2', '3-9', '10-19', '20-29', '30-39', '40-49', '50-59', '60-69', 'more than 70']

const CRIME = ['16.4', '24.9', '24.4', '10.8', '19.7', '4.4', '1.3']
const NON_HUMAN = ['14.4', '5.5', '7.6', '3.7', '2.0', '1.9', '0.0']
const DEFAULT = ['30.3', '35.0', '29.5', '16.3', '13.9', '18.5', '19.1', '16.2', '10.4']
const WITH_CHILD = ['2.3', '4.3', '14.7', '15.0', '13.4', '18.2', '18.6', '15.5', '9.4']

export const TABLE_6 = [
  ...RACES.map((race, index) => ({ outcome: 'crime', race, percent: CRIME[index] ?? '' })),
  ...RACES.map((race, index) => ({ outcome: 'non-human', race, percent: NON_HUMAN[index] ?? '' })),
]

export const TABLE_7 = [
  ...AGES.map((age, index) => ({ labelSet: 'clip-paper', age, percent: DEFAULT[index] ?? '' })),
  ...AGES.map((age, index) => ({ labelSet: 'clip-paper-child', age, percent: WITH_CHILD[index] ?? '' })),
]
