/** Sends one act to the playground; rejects with a sentence when it could not be done. */
export async function act(wish) {
  const response = await fetch('/act', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error ?? 'The playground could not do that.')
  return answer.came
}

/** Follows what this persona sees; returns how to stop. */
export function follow(person, onPicture, onLost) {
  const source = new EventSource(`/events?as=${encodeURIComponent(person)}`)
  source.addEventListener('message', (event) => onPicture(JSON.parse(event.data)))
  source.addEventListener('error', onLost)
  return () => source.close()
}

export async function record(query) {
  const response = await fetch(`/record?${new URLSearchParams(query)}`)
  return response.json()
}
