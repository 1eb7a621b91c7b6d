import type { MeasureKind } from '../../types/measures.js'

/** What each kind of measure is, in a few words. */
const IN_WORDS: Readonly<Record<MeasureKind, string>> = {
  'outcome-rate': 'the share of each group that is put into an outcome category',
  'attribute-accuracy': 'how often the attribute that the chosen label implies is the annotated one',
  'association-threshold': 'labels whose probability reaches a threshold, by group',
  'top-k-association': 'images with one of their best labels in an association',
  'retrieval-skew': 'how groups are mixed in the first images that a query retrieves',
  'caption-association': 'how much nearer a caption is to the images of a group than to others',
  'embedding-association': 'differential association of two groups with two sets of words (WEAT)',
  'self-similarity': 'the mean cosine between two images of one group',
  markedness: 'who is called just a person',
  calibration: 'how far stated probabilities are from the share that is right',
  abstention: 'what is left when the least certain images stay undecided',
  'feature-sensitivity': 'the same decisions on blurred, darkened, compressed or cropped images',
  'linear-probe': 'a classifier fitted to the embeddings, beside zero-shot',
  'caption-test': 'which of several captions of an image is chosen',
  identity: 'which of many given names is chosen; off unless acknowledged',
  'data-overlap': 'accuracy on images that a reference set holds too, and on the others',
  'annotator-agreement': 'how far people agree with one another, and with the model',
}

export function titleOfKind(kind: MeasureKind): string {
  return IN_WORDS[kind]
}

/** What a kind needs on the command line beside a model and a dataset; where the model does not state its scale, that too. */
const INPUTS: Readonly<Partial<Record<MeasureKind, string>>> = {
  'association-threshold': '[--logit-scale S]',
  'top-k-association': '[--logit-scale S]',
  calibration: '[--logit-scale S]',
  'linear-probe': '--train labels.csv --train-images FOLDER',
  'caption-test': '--captions captions.csv',
  identity: '--acknowledge identity --map identity=COLUMN',
  'data-overlap': '--join overlap.csv --map overlap=overlap',
  'annotator-agreement': '--from-decisions people.csv',
}

/** As they follow the name of a probe; empty where nothing else is needed. */
export function inputsOf(kind: MeasureKind): string {
  const inputs = INPUTS[kind]
  return inputs === undefined ? '' : ` ${inputs}`
}
