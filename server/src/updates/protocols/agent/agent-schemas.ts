// The wire shapes of the agent protocol (docs/agent-protocol.md).
import { Type } from 'typebox'
import { Fields, Id, Int32, Nullable, OneOf, Text, Version, Word } from '#platform/schemas'

const Base64Url = (min: number, max: number) => Type.String({ pattern: `^[A-Za-z0-9_-]{${min},${max}}$`, maxLength: max })

export const EnrolmentRequest = Fields({
  token: Base64Url(10, 200),
  publicKey: Base64Url(43, 43),
  platform: Word,
  arch: Word,
  name: Type.Optional(Text(120)),
  agentVersion: Text(50),
})
export const NonceRequest = Fields({ installationId: Id })
export const TokenRequest = Fields({
  installationId: Id,
  instance: Base64Url(16, 64),
  nonce: Text(300),
  signature: Base64Url(80, 100),
})
export const CheckInRequest = Fields({
  version: Nullable(Version),
  releaseId: Nullable(Id),
  health: OneOf(['healthy', 'unhealthy', 'unknown']),
  platform: Word,
  arch: Word,
  highestSequence: Int32(0),
  refused: Type.Array(Id, { maxItems: 50 }),
  trust: Type.Optional(Int32(1, 2)),
})
export const ReportRequest = Fields({
  reports: Type.Array(
    Fields({
      reportId: Type.String({ pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$', maxLength: 36 }),
      releaseId: Id,
      kind: OneOf(['downloaded', 'installed', 'healthy', 'failed', 'rolled_back']),
      version: Nullable(Version),
      reason: Type.Optional(Text(2000)),
      fetched: Type.Optional(Fields({ bytes: Type.Integer({ minimum: 0, maximum: 2 ** 41 }), how: OneOf(['patch', 'whole']) })),
    }),
    { minItems: 1, maxItems: 50 },
  ),
})
export const ArtifactPath = Fields({ artifactId: Id })
