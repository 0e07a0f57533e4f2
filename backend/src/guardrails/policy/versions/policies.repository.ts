import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  forUpdate,
  GuardrailPolicy,
  GuardrailPublication,
  inTransaction,
  isDuplicate,
  type PolicySource,
} from '#db';
import { DataSource, type EntityManager, LessThan } from 'typeorm';
import { digestOf, type PolicyFiles } from '../files/policy-files.rules.js';

/** A version about to be stored. */
export interface NewPolicy {
  readonly source: PolicySource;
  readonly files: PolicyFiles;
  readonly note: string;
  /** Null where no person wrote it. */
  readonly createdBy: string | null;
}

/** A version without its files. */
export type PolicyRow = Omit<GuardrailPolicy, 'files'> & {
  /** When it was last put in force; null: never. */
  readonly publishedAt: Date | null;
};

/** Which policy was put in force, by whom and when. */
export type PublicationRow = Pick<
  GuardrailPublication,
  'id' | 'policyId' | 'publishedBy' | 'publishedAt'
>;

/** Rows looked through for a policy that can still be read; there are a few at most. */
const MOST_PUBLICATIONS = 50;

/** Versions of the rails, and which of them is in force. */
@Injectable()
export class PoliciesRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The one in force; undefined where none ever was. Cheap: every process asks each two seconds. */
  async findInForce(): Promise<PublicationRow | undefined> {
    return (await this.findPublications(1))[0];
  }

  /** What was put in force, newest first. */
  findPublications(limit = MOST_PUBLICATIONS): Promise<PublicationRow[]> {
    return this.dataSource.getRepository(GuardrailPublication).find({
      select: { id: true, policyId: true, publishedBy: true, publishedAt: true },
      order: { id: 'DESC' },
      take: limit,
    });
  }

  /** @returns undefined where there is none. */
  async findPolicy(id: number): Promise<PolicyRow | undefined> {
    const policy = await this.dataSource
      .getRepository(GuardrailPolicy)
      .findOne({ where: { id }, select: COLUMNS });
    return policy ? (await this.withPublications([policy]))[0] : undefined;
  }

  /** The texts of a version; undefined where there is none. */
  async findFiles(id: number): Promise<PolicyFiles | undefined> {
    const row = await this.dataSource
      .getRepository(GuardrailPolicy)
      .findOne({ where: { id }, select: { id: true, files: true } });
    return row ? (JSON.parse(row.files) as PolicyFiles) : undefined;
  }

  /** Newest first, one more than the limit. */
  async findPage(beforeId: number | undefined, limit: number): Promise<PolicyRow[]> {
    const policies = await this.dataSource.getRepository(GuardrailPolicy).find({
      select: COLUMNS,
      where: beforeId === undefined ? {} : { id: LessThan(beforeId) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return this.withPublications(policies);
  }

  /** Stores a version. What has the same files is the same version: `isNew` is false then. */
  async store(policy: NewPolicy): Promise<{ id: number; isNew: boolean }> {
    const { source, files, note, createdBy } = policy;
    const digest = digestOf(files);
    const there = await this.idOf(digest);
    if (there !== undefined) return { id: there, isNew: false };
    const row = { source, note, createdBy, digest, files: JSON.stringify(files) };
    try {
      const { identifiers } = await this.dataSource
        .getRepository(GuardrailPolicy)
        .insert({ ...row, createdAt: new Date() });
      return { id: Number(identifiers[0]?.['id']), isNew: true };
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // Another process stored the same at the same moment.
      return { id: Number(await this.idOf(digest)), isNew: false };
    }
  }

  /**
   * Puts a version in force.
   * @param by the administrator's name.
   * @returns false where there is no such version.
   */
  publish(policyId: number, by: string): Promise<boolean> {
    return inTransaction(this.dataSource, async (manager) => {
      if (!(await lock(manager, policyId))) return false;
      const publication = { policyId, publishedBy: by, publishedAt: new Date() };
      await manager.insert(GuardrailPublication, publication);
      return true;
    });
  }

  /**
   * Puts a version in force where no person does it, unless it was the last to be so: of several
   * processes the first does, and what a person published since stays.
   * @returns whether it was.
   */
  publishUnlessLast(policyId: number): Promise<boolean> {
    return inTransaction(this.dataSource, async (manager) => {
      await lock(manager, policyId);
      const last = await manager
        .createQueryBuilder(GuardrailPublication, 'p')
        .where('p.publishedBy IS NULL')
        .orderBy('p.id', 'DESC')
        .limit(1)
        .getOne();
      if (last?.policyId === policyId) return false;
      const publication = { policyId, publishedBy: null, publishedAt: new Date() };
      await manager.insert(GuardrailPublication, publication);
      return true;
    });
  }

  /** Deletes a version that was never in force. */
  remove(id: number): Promise<'done' | 'missing' | 'published'> {
    return inTransaction(this.dataSource, async (manager) => {
      if (!(await lock(manager, id))) return 'missing';
      if (await manager.existsBy(GuardrailPublication, { policyId: id })) return 'published';
      await manager.delete(GuardrailPolicy, { id });
      return 'done';
    });
  }

  private async idOf(digest: string): Promise<number | undefined> {
    const row = await this.dataSource
      .getRepository(GuardrailPolicy)
      .findOne({ where: { digest }, select: { id: true } });
    return row?.id;
  }

  private async withPublications(policies: readonly GuardrailPolicy[]): Promise<PolicyRow[]> {
    if (policies.length === 0) return [];
    const rows = await this.dataSource
      .getRepository(GuardrailPublication)
      .createQueryBuilder('p')
      .where('p.policyId IN (:...ids)', { ids: policies.map(({ id }) => id) })
      .orderBy('p.id', 'ASC')
      .getMany();
    const published = new Map(rows.map(({ policyId, publishedAt }) => [policyId, publishedAt]));
    return policies.map((policy) => ({ ...policy, publishedAt: published.get(policy.id) ?? null }));
  }
}

const COLUMNS = {
  id: true,
  source: true,
  digest: true,
  note: true,
  createdBy: true,
  createdAt: true,
} as const;

/** Whoever publishes a version and whoever deletes it wait for each other. */
async function lock(manager: EntityManager, id: number): Promise<boolean> {
  const query = manager.createQueryBuilder(GuardrailPolicy, 'policy').select('policy.id');
  return (await forUpdate(query.where({ id })).getOne()) !== null;
}
