import type { CSSProperties } from 'react';
import type { Settings } from '#shared/model/settings';
import { useHepatica } from '../app/hepatica';
import { useT } from '../app/i18n';
import { closeOverlay } from '../app/overlays-store';
import { useReportProblem } from '../app/problems';
import { useSettings } from '../app/state';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import styles from './SettingsDialog.module.css';

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [value: T, label: string])[];
  readonly onChange: (value: T) => void;
}

const Choice = <T extends string>({ label, value, options, onChange }: ChoiceProps<T>) => (
  <Field label={label}>
    {({ id }) => (
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const chosen = options.find(([each]) => each === event.target.value);
          if (chosen !== undefined) onChange(chosen[0]);
        }}
      >
        {options.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    )}
  </Field>
);

interface AmountProps {
  readonly label: string;
  readonly value: number;
  readonly range: readonly [min: number, max: number, step: number];
  readonly words: string;
  readonly onChange: (value: number) => void;
}

const Amount = ({ label, value, range: [min, max, step], words, onChange }: AmountProps) => (
  <Field label={label}>
    {({ id }) => (
      <span className={styles['amount']}>
        <input
          id={id}
          type="range"
          min={min}
          max={max}
          step={step}
          value={value}
          aria-valuetext={words}
          onChange={(event) => onChange(event.target.valueAsNumber)}
        />
        <output htmlFor={id}>{words}</output>
      </span>
    )}
  </Field>
);

interface PartProps {
  readonly settings: Settings;
  readonly set: (change: Partial<Settings>) => void;
}

const Appearance = ({ settings, set }: PartProps) => {
  const t = useT();
  return (
    <fieldset className={styles['group']}>
      <legend>{t('settings.appearance')}</legend>
      <Choice
        label={t('settings.language')}
        value={settings.language}
        options={[
          ['system', t('settings.languageSystem')],
          ['en', 'English'],
          ['zh-CN', '简体中文'],
        ]}
        onChange={(language) => set({ language })}
      />
      <Choice
        label={t('settings.theme')}
        value={settings.theme}
        options={[
          ['system', t('settings.themeSystem')],
          ['light', t('settings.themeLight')],
          ['sepia', t('settings.themeSepia')],
          ['dark', t('settings.themeDark')],
        ]}
        onChange={(theme) => set({ theme })}
      />
    </fieldset>
  );
};

const Reading = ({ settings, set }: PartProps) => {
  const t = useT();
  const { font, fontSize, lineHeight, measure } = settings;
  return (
    <fieldset className={styles['group']}>
      <legend>{t('settings.reading')}</legend>
      <Choice
        label={t('settings.font')}
        value={font}
        options={[
          ['serif', t('settings.fontSerif')],
          ['sans', t('settings.fontSans')],
        ]}
        onChange={(value) => set({ font: value })}
      />
      <Amount
        label={t('settings.fontSize')}
        value={fontSize}
        range={[12, 32, 1]}
        words={t('settings.pixels', { value: fontSize })}
        onChange={(value) => set({ fontSize: value })}
      />
      <Amount
        label={t('settings.lineHeight')}
        value={lineHeight}
        range={[1.2, 2.2, 0.1]}
        words={lineHeight.toFixed(1)}
        onChange={(value) => set({ lineHeight: Math.round(value * 10) / 10 })}
      />
      <Amount
        label={t('settings.measure')}
        value={measure}
        range={[45, 100, 1]}
        words={t('settings.characters', { value: measure })}
        onChange={(value) => set({ measure: value })}
      />
    </fieldset>
  );
};

const Preview = ({ settings }: Pick<PartProps, 'settings'>) => {
  const t = useT();
  const style: CSSProperties = {
    fontFamily: settings.font === 'serif' ? 'var(--font-serif)' : 'var(--font-ui)',
    fontSize: settings.fontSize,
    lineHeight: settings.lineHeight,
    maxInlineSize: `${settings.measure}ch`,
  };
  return (
    <figure className={styles['preview']}>
      <figcaption>{t('settings.preview')}</figcaption>
      <p style={style}>{t('settings.sample')}</p>
    </figure>
  );
};

/** What the reader can choose; each change shows at once and is kept in the library. */
export default function SettingsDialog() {
  const t = useT();
  const hepatica = useHepatica();
  const report = useReportProblem();
  const settings = useSettings();
  const set = (change: Partial<Settings>): void => void hepatica.settings.set(change).catch(report);
  return (
    <Dialog title={t('settings.title')} open onClose={closeOverlay} size="medium">
      <div className={styles['groups']}>
        <Appearance settings={settings} set={set} />
        <Reading settings={settings} set={set} />
      </div>
      <Preview settings={settings} />
    </Dialog>
  );
}
