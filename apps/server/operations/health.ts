import { Controller, Get, HttpCode, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CLOCK_TOLERANCE, elapsed, fromMillis, toMillis } from '#kernel';
import { ReadModelsNotReadyError } from '#projections';
import type { Engine } from '../engine.js';
import { Open } from '../security/principal.js';
import { ENGINE } from '../tokens.js';

interface Check {
  readonly ok: boolean;
  readonly detail?: string;
}

const ANSWER_WITHIN = 2000;

const inTime = (answer: Promise<Check>, otherwise: Check = { ok: false, detail: 'does not answer' }): Promise<Check> => {
  const late = new Promise<Check>((resolve) => setTimeout(() => resolve(otherwise), ANSWER_WITHIN).unref());
  return Promise.race([answer, late]);
};

const health = {
  type: 'object',
  required: ['ready'],
  properties: {
    ready: { type: 'boolean' },
    checks: {
      type: 'object',
      additionalProperties: { type: 'object', properties: { ok: { type: 'boolean' }, detail: { type: 'string' } } },
    },
  },
};

@ApiTags('operations')
@Controller('health')
export class HealthController {
  /** What the clock should say now, by a clock that nobody sets. */
  private readonly startedAt = Date.now() - performance.now();

  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  @Get('live')
  @Open()
  @HttpCode(200)
  @ApiOperation({ operationId: 'live', summary: 'The process answers' })
  @ApiOkResponse({ description: 'It does', schema: health as never })
  live(): { ready: boolean } {
    return { ready: true };
  }

  @Get('ready')
  @Open()
  @ApiOperation({ operationId: 'ready', summary: 'Whether requests can be served as they should be' })
  @ApiOkResponse({ description: 'They can', schema: health as never })
  @ApiResponse({ status: 503, description: 'They cannot; `checks` says why', schema: health as never })
  async ready(
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ ready: boolean; checks: Record<string, Check> }> {
    const [store, clock, vault, projector] = await Promise.all([this.store(), this.clock(), this.vault(), this.projector()]);
    const checks = { store, clock, vault, projector };
    const ready = Object.values(checks).every(({ ok }) => ok);
    void reply.status(ready ? 200 : 503).header('cache-control', 'no-store');
    return { ready, checks };
  }

  private async store(): Promise<Check> {
    const answer = this.engine.store.head().then(
      (): Check => ({ ok: true }),
      (error: Error): Check => ({ ok: false, detail: error.constructor.name }),
    );
    return inTime(answer);
  }

  /** Against itself since the start, against what was recorded before, and against what all processes share. */
  private async clock(): Promise<Check> {
    const drift = Math.abs(Date.now() - performance.now() - this.startedAt);
    if (drift > CLOCK_TOLERANCE) return { ok: false, detail: `was set by ${Math.round(drift)} ms since the start` };
    const behind = await this.behindTheLog().catch(() => 0);
    if (behind > CLOCK_TOLERANCE) return { ok: false, detail: `is ${behind} ms behind the last event` };
    return inTime(this.againstOthers(), { ok: true });
  }

  /** Where PostgreSQL cannot be asked, `vault` says so. */
  private async againstOthers(): Promise<Check> {
    const { state, realClock } = this.engine;
    const ahead = await state.clockAhead(() => toMillis(realClock.now())).catch(() => 0);
    const isOff = Math.abs(ahead) > CLOCK_TOLERANCE;
    return isOff ? { ok: false, detail: `is ${Math.round(Math.abs(ahead))} ms ${ahead > 0 ? 'before' : 'behind'} the clock of PostgreSQL` } : { ok: true };
  }

  private async behindTheLog(): Promise<number> {
    const asOf = this.engine.projector?.freshness()?.asOf;
    return asOf === undefined ? 0 : elapsed(this.engine.clock.now(), asOf);
  }

  private vault(): Promise<Check> {
    return inTime(this.vaultAnswers());
  }

  private async vaultAnswers(): Promise<Check> {
    try {
      this.engine.vault.commandHash('ready?');
      await this.engine.vault.find({ surname: 'ready?', birthDate: fromMillis(0).slice(0, 10) });
      return { ok: true };
    } catch (error) {
      return { ok: false, detail: (error as Error).constructor.name };
    }
  }

  /** What can be read is served while the projector starts; what has stopped does not get better by waiting. */
  private async projector(): Promise<Check> {
    const { projector, projectsHere, reader } = this.engine;
    if (!projector) return { ok: true, detail: 'runs elsewhere' };
    const { state, problem } = projector.status();
    const isUp = state !== 'restarting' && state !== 'stopped';
    if (!isUp && projectsHere) return { ok: false, detail: state };
    if (projector.freshness()?.status === 'stopped')
      return { ok: false, detail: 'met an event that a newer release wrote' };
    try {
      await reader.get('SELECT 1');
      // To send requests elsewhere would not help: every process would say the same, and pages say how old they are.
      return isUp && state !== 'standby' ? { ok: true } : { ok: true, detail: problem ?? state };
    } catch (error) {
      if (error instanceof ReadModelsNotReadyError)
        return { ok: false, detail: 'builds the read models for the first time' };
      return { ok: false, detail: (error as Error).constructor.name };
    }
  }
}
