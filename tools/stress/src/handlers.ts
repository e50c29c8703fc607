import { setTimeout as delay } from 'node:timers/promises';
import type { ServerAccount } from './account.ts';
import type { Plan } from './plan.ts';
import type { Context, Handlers, Message, Stack } from './stack.ts';

/** What the handlers report about each call. */
export interface Observer {
  begin(id: number): void;
  end(account: ServerAccount): void;
}

/** Handlers that follow the plan in the first request, and report each call when its `finally` runs. */
export function plannedHandlers(stack: Stack, observer: Observer): Handlers {
  function begin(request: Message, { signal }: Context) {
    const plan = JSON.parse(request.plan ?? '') as Plan;
    const account = { id: plan.id, received: 1, sawEnd: false, sent: 0, ended: '', at: 0 };
    observer.begin(plan.id);
    return {
      plan,
      account,
      end() {
        account.ended ||= signal.aborted ? (stack.codeOf(signal.reason) ?? 'CANCELLED') : 'unknown';
        account.at = Date.now();
        observer.end(account);
      },
    };
  }

  function planned(account: ServerAccount, plan: Plan): Error | undefined {
    if (plan.ending !== 'status' && plan.ending !== 'exception') return undefined;
    account.ended = 'threw';
    return plan.ending === 'status' ? stack.notFound() : new Error('as planned');
  }

  const pace = async ({ serverPace }: Plan) => {
    if (serverPace > 0) await delay(serverPace);
  };
  const response = (plan: Plan, sequence: number) => ({ sequence, padding: Buffer.alloc(plan.padding) });

  return {
    async unary(request, context) {
      const { plan, account, end } = begin(request, context);
      try {
        if (plan.serverPace > 0) await delay(plan.serverPace * 10, undefined, { signal: context.signal });
        const failure = planned(account, plan);
        if (failure) throw failure;
        account.ended = 'complete';
        return response(plan, 0);
      } finally {
        end();
      }
    },
    async *download(request, context) {
      const { plan, account, end } = begin(request, context);
      try {
        for (; account.sent < plan.responses; account.sent++) {
          const failure = account.sent === plan.moment && planned(account, plan);
          if (failure) throw failure;
          await pace(plan);
          yield response(plan, account.sent);
        }
        account.ended = 'complete';
      } finally {
        end();
      }
    },
    async upload(requests, context) {
      let call: ReturnType<typeof begin> | undefined;
      try {
        for await (const request of requests) {
          if (call) call.account.received++;
          else call = begin(request, context);
          const { plan, account } = call;
          if (account.received > plan.moment) {
            const failure = planned(account, plan);
            if (failure) throw failure;
            if (plan.ending === 'early answer') {
              account.ended = 'complete';
              return { sequence: account.received };
            }
          }
          await pace(plan);
        }
        if (!call) return { sequence: 0 };
        call.account.sawEnd = true;
        call.account.ended = 'complete';
        return { sequence: call.account.received };
      } finally {
        call?.end();
      }
    },
    async *exchange(requests, context) {
      let call: ReturnType<typeof begin> | undefined;
      try {
        for await (const request of requests) {
          if (call) call.account.received++;
          else call = begin(request, context);
          const { plan, account } = call;
          if (account.received > plan.moment) {
            const failure = planned(account, plan);
            if (failure) throw failure;
            if (plan.ending === 'early answer') {
              account.ended = 'complete';
              return;
            }
          }
          await pace(plan);
          yield response(plan, account.sent);
          account.sent++;
        }
        if (!call) return;
        call.account.sawEnd = true;
        call.account.ended = 'complete';
      } finally {
        call?.end();
      }
    },
  };
}
