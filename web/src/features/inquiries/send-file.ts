// Sends the bytes of one file to an inquiry and tells how far it is; fetch cannot tell that while it sends.

/** As the server has it: 25 MiB. */
export const MOST_BYTES = 25 * 1_048_576

interface Sending {
  inquiryId: string
  file: File
  onProgress: (sentBytes: number) => void
}

/** Throws what the server answered, or an error without a status where no answer came. */
export function sendFile({ inquiryId, file, onProgress }: Sending) {
  return new Promise<void>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1/inquiries/${encodeURIComponent(inquiryId)}/attachments?name=${encodeURIComponent(file.name)}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded))
    request.addEventListener('load', () => (request.status < 300 ? resolve() : reject(answerOf(request))))
    request.addEventListener('error', () => reject(new Error('away')))
    request.addEventListener('abort', () => reject(new Error('away')))
    request.send(file)
  })
}

function answerOf({ responseText }: XMLHttpRequest): unknown {
  try {
    return JSON.parse(responseText)
  } catch {
    // A proxy between us answered, not Fairway.
    return new Error('away')
  }
}
