import { expect, test } from 'vitest'
import { readStorageUrl } from './storage-url.ts'

function read(text: string) {
  const problems: string[] = []
  return { place: readStorageUrl(text, problems), problems }
}

test.each([
  ['s3://artifacts', { bucket: 'artifacts', prefix: '', forcePathStyle: false }],
  ['s3://artifacts/', { bucket: 'artifacts', prefix: '', forcePathStyle: false }],
  [
    's3://artifacts/fairway/prod?region=eu-central-1',
    { bucket: 'artifacts', prefix: 'fairway/prod/', region: 'eu-central-1', forcePathStyle: false },
  ],
  [
    's3://artifacts/fairway/?endpoint=http://127.0.0.1:9000&forcePathStyle=true',
    { bucket: 'artifacts', prefix: 'fairway/', endpoint: 'http://127.0.0.1:9000', forcePathStyle: true },
  ],
  [
    's3://artifacts?endpoint=https%3A%2F%2Fs3.example.com',
    { bucket: 'artifacts', prefix: '', endpoint: 'https://s3.example.com', forcePathStyle: false },
  ],
])('%s is read', (text, place) => {
  expect(read(text)).toEqual({ place, problems: [] })
})

test.each([
  ['artifacts', /form s3:\/\/BUCKET/],
  ['https://s3.example.com/artifacts', /form s3:\/\/BUCKET/],
  ['s3://Artifacts_', /"Artifacts_" is no name of a bucket/],
  ['s3://', /is no name of a bucket/],
  ['s3://artifacts/a//b', /prefix/],
  ['s3://artifacts/a%20b', /prefix/],
  ['s3://artifacts?regoin=x', /regoin is not known/],
  ['s3://artifacts?endpoint=s3.example.com', /endpoint is not the origin/],
  ['s3://artifacts?endpoint=https://s3.example.com/path', /endpoint is not the origin/],
  ['s3://artifacts?forcePathStyle=yes', /true or false/],
])('%s is refused with a sentence', (text, sentence) => {
  const { place, problems } = read(text)

  expect(place).toBeUndefined()
  expect(problems.join()).toMatch(sentence)
})

test('a secret in it is refused and never repeated', () => {
  const { problems } = read('s3://key:hunter2@artifacts')

  expect(problems.join()).toMatch(/credentials do not belong into it/)
  expect(problems.join()).not.toContain('hunter2')
})
