import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What the web answered a short while ago: the results of a search, or what a page says. */
@Entity('web_answers')
@Index('IDX_web_answers_expires', ['expiresAt'])
export class WebAnswer {
  /** SHA-256 of what was asked, in hexadecimal: what people look for cannot be read here. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id!: string;

  /** JSON. */
  @Column({ type: 'text' })
  content!: string;

  @Column({ name: 'expires_at', type: Date, precision: 3 })
  expiresAt!: Date;
}
