import { NativeSelect } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { LANGUAGES, LANGUAGE_NAMES, isLanguage } from './language';
import type { Language } from './language';
import { t } from './texts';
import { useLanguage } from './useLanguage';

/** Choice of a language, each in its own words: the page may be in one that the reader cannot read. */
export function LanguageSelect({
  disabled = false,
  onChoose,
}: {
  disabled?: boolean;
  onChoose: (language: Language) => void;
}) {
  const language = useLanguage();
  return (
    <NativeSelect
      aria-label={t('languages.language')}
      leftSection={<IconLanguage size={18} aria-hidden="true" />}
      value={language}
      disabled={disabled}
      onChange={({ currentTarget: { value } }) => {
        if (isLanguage(value)) onChoose(value);
      }}
    >
      {LANGUAGES.map((tag) => (
        <option key={tag} value={tag} lang={tag}>
          {LANGUAGE_NAMES[tag]}
        </option>
      ))}
    </NativeSelect>
  );
}
