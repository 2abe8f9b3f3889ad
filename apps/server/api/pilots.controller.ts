import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Problem } from '#commands';
import { addDays, civilDate } from '#kernel';
import { coverage, dashboard, dashboardReadModels } from '#metrics';
import { pilotNamesOn, registeredPilots } from '#pathway';
import { pilots } from '#pilots';
import type { Engine } from '../engine.js';
import type { SignedInRequest } from '../security/principal.js';
import { ENGINE } from '../tokens.js';
import { require } from './access.js';
import { answer, Asked, day, DocumentQuery, knownAt, minPosition, ordinalOf } from './query.js';

const listParameters = { on: day('With the names of that day; today when absent'), minPosition } as const;
const dashboardParameters = {
  from: day('First day, inclusive; thirty days before `to` when absent'),
  to: day('Exclusive; tomorrow when absent'),
  knownAt,
  minPosition,
} as const;

interface DashboardQuery {
  readonly from?: string;
  readonly to?: string;
  readonly knownAt?: string;
  readonly minPosition?: string;
}

const MONTH = 30;

@ApiTags('queries')
@Controller('api/pilots')
export class PilotsController {
  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  @Get()
  @DocumentQuery({
    id: 'pilots',
    summary: 'The pilots, each under the name that it had on a day',
    parameters: listParameters,
    answer: { pilots: { type: 'array', items: { type: 'object', additionalProperties: true } } },
  })
  async list(@Req() request: SignedInRequest, @Asked(listParameters) asked: { on?: string; minPosition?: string }) {
    await require(this.engine, request, 'pilots');
    const on = asked.on ?? civilDate(this.engine.clock.now());
    return answer(this.engine, asked, ['programme'], async (rows) => {
      const names = await pilotNamesOn(rows, on);
      const registered = await registeredPilots(rows);
      return { pilots: registered.map((row) => ({ ...row, name: names.get(row.pilot) ?? row.pilot })) };
    });
  }

  @Get(':pilot/dashboard')
  @DocumentQuery({
    id: 'pilot-dashboard',
    summary: 'Handover times by boundary, open offers, delays and coverage, each with the way to what is behind it',
    parameters: dashboardParameters,
    answer: { dashboard: { type: 'object', additionalProperties: true } },
    more: ['not-found'],
  })
  async dashboard(
    @Req() request: SignedInRequest,
    @Param('pilot') pilot: string,
    @Asked(dashboardParameters) asked: DashboardQuery,
  ) {
    await require(this.engine, request, 'dashboard', pilot);
    if (!pilots.some(({ id }) => id === pilot)) throw new Problem('not-found', 'There is no such pilot.');
    const asAt = this.engine.clock.now();
    const to = asked.to ?? addDays(civilDate(asAt), 1);
    const from = asked.from ?? addDays(to, -MONTH);
    const ordinal = await ordinalOf(this.engine, asked);
    const request_ = { pilot, from, to, asAt, ...(ordinal !== undefined && { knownAt: ordinal }) };
    return answer(this.engine, asked, dashboardReadModels, async (rows) => {
      const found = await dashboard(rows, request_);
      return { dashboard: { ...found, now: found.now && { ...found.now, ...(await coverage(rows, pilot)) } } };
    });
  }
}
