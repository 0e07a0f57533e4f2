import { inject, Service } from '@angular/core';
import type { UsageRow } from '../api/usage-api';
import { LanguageStore } from '../i18n/language-store';
import { dayName } from './day.rules';
import { OTHERS } from './series.rules';
import type { NamedGroup } from './sort.rules';
import { doorKey, modelNames, purposeKey } from './usage-names.rules';
import { groupsOf, type Dimension } from './usage-rows.rules';

/** What people, models, days… are called in the language in use. */
@Service()
export class UsageNames {
  private readonly languages = inject(LanguageStore);

  /** The rows added up by a dimension, under the names they are shown by. */
  groups(rows: readonly UsageRow[], dimension: Dimension): NamedGroup[] {
    const groups = groupsOf(rows, dimension);
    const models = modelNames(
      dimension === 'model' ? groups.map(({ key }) => key) : [],
      this.languages.text('models.quotes'),
    );
    return groups.map((group) => ({
      ...group,
      label: models.get(group.key) ?? this.label(dimension, group.key, group.name),
    }));
  }

  /** @param name what the server calls it, where no language has a word for it */
  label(dimension: Dimension, key: string, name: string): string {
    switch (dimension) {
      case 'day':
        return dayName(key, this.languages.language());
      case 'model':
        return modelNames([key], this.languages.text('models.quotes')).get(key) ?? key;
      case 'purpose':
        return this.known(purposeKey(key), name);
      case 'door':
        return this.known(doorKey(key), name);
      case 'person':
        return name;
    }
  }

  /** "Outros modelos": everything beyond the largest. */
  others(dimension: Dimension): string {
    return this.languages.text(`usage.others-${dimension === 'person' ? 'person' : 'rest'}`);
  }

  /** A name for each series of a chart, OTHERS among them. */
  series(groups: readonly NamedGroup[], dimension: Dimension): (key: string) => string {
    const names = new Map(groups.map(({ key, label }) => [key, label]));
    return (key) => {
      if (key === OTHERS) return this.others(dimension);
      return key === '' ? this.languages.text('usage.total') : (names.get(key) ?? key);
    };
  }

  private known(key: string | null, name: string): string {
    return key ? this.languages.text(key) : name;
  }
}
