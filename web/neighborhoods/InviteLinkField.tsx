import { Button, Group, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { paths } from '../paths';
import { parseInviteCode } from './inviteCode';
import { t } from '../languages/texts';

/** Field for a received invite: opens the page of its link. */
export function InviteLinkField() {
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [isWrong, setIsWrong] = useState(false);

  const open = (event: FormEvent) => {
    event.preventDefault();
    const code = parseInviteCode(text);
    setIsWrong(code == null);
    if (code == null) field.current?.focus();
    else void navigate(paths.invite(code));
  };

  return (
    <form noValidate onSubmit={open}>
      <Group gap="sm" align="flex-end">
        <TextInput
          ref={field}
          flex="1 1 12rem"
          label={t('neighborhoods.inviteField.label')}
          dir="ltr"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          inputMode="url"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={isWrong ? t('neighborhoods.inviteField.wrong') : undefined}
        />
        <Button type="submit" variant="light">
          {t('neighborhoods.inviteField.open')}
        </Button>
      </Group>
    </form>
  );
}
