/** A database to test with: `scripts/with-postgres.sh npm test` sets it. Empty when there is none. */
export const address = process.env['TEST_DATABASE_URL'] ?? ''
