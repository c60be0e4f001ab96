/** Variables that give a process rights in a real Slack, AWS account or database. */
const real: readonly string[] = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_USER_TOKEN',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'DATABASE_URL',
]

/** Names of variables in `environment` that could reach something real. Never their values. */
function realCredentials(environment: NodeJS.ProcessEnv): readonly string[] {
  return real.filter((name) => (environment[name] ?? '') !== '')
}

/** Why the playground does not start, and what to type; undefined when it may. */
export function refusalToStart(environment: NodeJS.ProcessEnv): string | undefined {
  const found = realCredentials(environment)
  if (found.length === 0) return undefined
  return [
    `The playground did not start: ${found.join(', ')} ${found.length > 1 ? 'are' : 'is'} set here.`,
    'It is a place to try everything, so it keeps away from anything real. Take them out and start again:',
    '',
    `  unset ${found.join(' ')}`,
  ].join('\n')
}
