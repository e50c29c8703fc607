// Every refusal of Messanger, with details for programs.
import { status } from '@grpc/grpc-js';
import { richStatus } from 'errors';
import { StatusError } from 'grpc-iterables';
import type { MailboxLimits } from './mailbox.ts';

export function noChannel(idChannel: number): StatusError {
  return richStatus(status.NOT_FOUND, `no channel ${idChannel} is open`, [
    {
      type: 'ResourceInfo',
      resourceType: 'channel',
      resourceName: String(idChannel),
      description: 'GetInfo lists those that are open',
    },
  ]);
}

export function badField(field: string, description: string): StatusError {
  return richStatus(status.INVALID_ARGUMENT, `${field} ${description}`, [
    { type: 'BadRequest', fieldViolations: [{ field, description }] },
  ]);
}

export const taken = (idChannel: number) =>
  new StatusError(status.ALREADY_EXISTS, `channel ${idChannel} is already open`);

export const notYours = (idChannel: number) =>
  new StatusError(status.FAILED_PRECONDITION, `only its author talks in channel ${idChannel}`);

export const authorLost = (idChannel: number) =>
  new StatusError(status.ABORTED, `the author of channel ${idChannel} was lost`);

export const tooSlow = ({ messages, characters }: MailboxLimits) =>
  new StatusError(
    status.RESOURCE_EXHAUSTED,
    `fell more than ${messages} messages or ${characters} characters behind`,
  );

export const full = (most: number, what: string) =>
  new StatusError(status.RESOURCE_EXHAUSTED, `there are already ${most} ${what}; try again later`);
