// A dataset of your own: annotations in a form that Probity does not read, and a class design written out.
//   node custom-dataset.mjs annotations.json photos clip-vit-b32
import { readFile } from 'node:fs/promises'
import { audit, writeLabelFile } from 'probity'

const [annotations = 'annotations.json', images = 'photos', model = 'clip-vit-b32'] = process.argv.slice(2)

// [{ "photo": "val/1.png", "person": { "gender": "Female", "born": 1991 } }, ...]; every row gets the same attributes
const rows = JSON.parse(await readFile(annotations, 'utf8')).map(({ photo, person }) => ({
  image: photo,
  gender: person.gender ?? null, // null: nobody knows
  generation: person.born === undefined ? null : person.born < 1990 ? 'before 1990' : '1990 and later',
}))

const { audit: result, write } = await audit({
  models: [model],
  dataset: {
    ...(await writeLabelFile('people.csv', rows)),
    id: 'our-people',
    images,
    where: { gender: ['Female', 'Male'] },
  },
  labelSets: [{ id: 'without-crime', extends: 'clip-paper', remove: ['thief', 'criminal', 'suspicious-person'] }],
  probes: ['by-generation.yaml'],
})

const { rows: counted } = result.facts.dataset
console.log(
  `${counted.in} rows = ${counted.processed} processed + ${counted.quarantined} quarantined + ${counted.excluded} excluded`,
)
for (const { group, outcome, count, total } of result.derived.rates)
  if (group !== null && outcome === 'non-human' && total > 0)
    console.log(`${group.map((pair) => pair.join(' ')).join(', ')}: ${count} of ${total} ${outcome}`)
await write('run')
