import type { Input } from './constraints.ts'
import type { JsonObject } from './json.ts'
import { page } from './pages.ts'
import { poolArn } from './pool-view.ts'
import { notFound, ServiceError } from './service-error.ts'
import { poolOf } from './state.ts'
import type { Call } from './state.ts'

export function describeRiskConfiguration(
  input: Input<'DescribeRiskConfiguration'>,
  call: Call,
): JsonObject {
  const { id: UserPoolId, settings, surroundings, clientId } = poolOf(call, input.UserPoolId)
  if ((settings.UserPoolAddOns?.AdvancedSecurityMode ?? 'OFF') === 'OFF')
    throw new ServiceError(
      'UserPoolAddOnNotEnabledException',
      'Advanced security is not enabled for the user pool.',
    )
  const { ClientId } = input
  if (ClientId === undefined) return { RiskConfiguration: { UserPoolId, ...surroundings.risk } }
  if (ClientId !== clientId || surroundings.appName === undefined)
    throw notFound(`User pool client ${ClientId} does not exist.`)
  // Nothing here sets a configuration for one client alone.
  return { RiskConfiguration: { UserPoolId, ClientId } }
}

export function getLogDeliveryConfiguration(
  input: Input<'GetLogDeliveryConfiguration'>,
  call: Call,
): JsonObject {
  const { id, surroundings } = poolOf(call, input.UserPoolId)
  return {
    LogDeliveryConfiguration: { UserPoolId: id, LogConfigurations: surroundings.logDelivery },
  }
}

export function listUserPoolReplicas(input: Input<'ListUserPoolReplicas'>, call: Call): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const { NextToken: token, ...parameters } = input
  const replicas = pool.surroundings.replicas.map((replica, seq) => ({ seq, replica }))
  const request = { operation: 'ListUserPoolReplicas', parameters, token, limit: undefined }
  const found = page(call, request, (after) => replicas.filter(({ seq }) => seq > after))
  return {
    UserPoolReplicas: found.items.map(({ replica }) => ({
      ...replica,
      UserPoolArn: poolArn(pool, replica.RegionName),
    })),
    ...(found.token && { NextToken: found.token }),
  }
}

export function listUserPoolClients(input: Input<'ListUserPoolClients'>, call: Call): JsonObject {
  const { id, clientId, surroundings } = poolOf(call, input.UserPoolId)
  const { NextToken: token, ...parameters } = input
  const { appName: ClientName } = surroundings
  const listed = ClientName !== undefined && input.ClientType !== 'DCR'
  const clients = listed ? [{ seq: 0, ClientName }] : []
  const request = { operation: 'ListUserPoolClients', parameters, token, limit: input.MaxResults }
  const found = page(call, request, (after) => clients.filter(({ seq }) => seq > after))
  return {
    UserPoolClients: found.items.map(({ ClientName }) => ({
      ClientId: clientId,
      UserPoolId: id,
      ClientName,
    })),
    ...(found.token && { NextToken: found.token }),
  }
}
