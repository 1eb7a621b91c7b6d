import { describe, expect, it } from 'vitest'
import { refuseSharedContent, refuseSharedPeople } from '../../../src/audit/dataset/shared-images.js'
import { DatasetError } from '../../../src/audit/errors.js'
import type { Dataset } from '../../../src/audit/types/dataset.js'

function refusalOf(check: () => void): DatasetError {
  try {
    check()
  } catch (error) {
    if (error instanceof DatasetError) return error
    throw error
  }
  throw new Error('not refused')
}

function datasetOf(folder: string, images: readonly string[], more: Partial<Dataset> = {}): Dataset {
  return {
    id: folder,
    crop: null,
    licence: null,
    simulated: false,
    sources: [],
    images,
    paths: images.map((image) => `/${folder}/${image}`),
    subjects: null,
    attributes: [],
    excluded: new Map(),
    quarantined: new Map(),
    warnings: [],
    ...more,
  }
}

describe('refuseSharedPeople', () => {
  it('lets files of one name in two folders be: names in other folders are other files', () =>
    expect(() => refuseSharedPeople(datasetOf('a', ['1.jpg']), datasetOf('b', ['1.jpg']), 'learn.csv')).not.toThrow())

  it('names the first files that are on both sides', () => {
    const images = ['1.jpg', '2.jpg', '3.jpg', '4.jpg', '5.jpg']
    expect(
      refusalOf(() => refuseSharedPeople(datasetOf('a', images), datasetOf('a', images), 'learn.csv')).message,
    ).toBe(
      'learn.csv: image: expected no image that is audited as well but received 5 of them: "1.jpg", "2.jpg", "3.jpg", and 2 more. ' +
        'A classifier recognises what it was fitted to; leave these out on one side, with where: or with a shorter label file',
    )
  })

  it('lets one table be split by a filter: rows that are left out are on no side', () => {
    const images = ['1.jpg', '2.jpg', '3.jpg']
    const audited = datasetOf('a', images, { excluded: new Map([[0, 'where']]) })
    const training = datasetOf('a', images, {
      excluded: new Map([[1, 'where']]),
      quarantined: new Map([[2, { code: 'x', reason: 'y' }]]),
    })
    expect(() => refuseSharedPeople(audited, training, 'learn.csv')).not.toThrow()
  })

  it('counts subjects that are on both sides, each once and by an image, beside the files', () => {
    const audited = datasetOf('a', ['1.jpg', '2.jpg'], { subjects: ['Ann', 'Bo'] })
    const training = datasetOf('a', ['7.jpg', '8.jpg', '2.jpg'], { subjects: ['Ann', 'Ann', 'Cy'] })
    const { faults } = refusalOf(() => refuseSharedPeople(audited, training, 'learn.csv'))
    expect(faults.map(({ field, received }) => [field, received])).toEqual([
      ['image', '1 of them: "2.jpg"'],
      ['subject', '1 of them: those of "8.jpg"'], // a subject may be the name of a person
    ])
  })
})

describe('refuseSharedContent', () => {
  it('finds a copy under another name, by its bytes', () => {
    const audited = { dataset: datasetOf('a', ['1.jpg', '2.jpg']), hashes: ['aa', null] }
    const training = { dataset: datasetOf('b', ['x.jpg', 'y.jpg']), hashes: [null, 'aa'] }
    expect(refusalOf(() => refuseSharedContent(audited, training, 'learn.csv')).message).toContain('1 of them: "y.jpg"')
    expect(() => refuseSharedContent(audited, { ...training, hashes: [null, 'bb'] }, 'learn.csv')).not.toThrow()
  })
})
