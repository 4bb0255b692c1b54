// The message that brings a code to the person, by language.

const SENTENCES: Readonly<Record<string, string>> = {
  en: '{code} is the code by which you confirm a request about your data. It is good for 15 minutes. You did not ask for anything? Then ignore it, and give it to nobody.',
  de: '{code} ist der Code, mit dem Sie einen Antrag zu Ihren Daten bestätigen. Er gilt 15 Minuten. Sie haben nichts beantragt? Dann beachten Sie ihn nicht und geben ihn niemandem.',
  fr: '{code} est le code qui confirme une demande sur vos données. Il est valable 15 minutes. Vous n’avez rien demandé ? Ignorez-le et ne le donnez à personne.',
  es: '{code} es el código con el que confirma una solicitud sobre sus datos. Vale 15 minutos. ¿No ha pedido nada? Ignórelo y no se lo dé a nadie.',
  it: '{code} è il codice con cui conferma una richiesta sui suoi dati. Vale 15 minuti. Non ha chiesto nulla? Lo ignori e non lo dia a nessuno.',
  nl: '{code} is de code waarmee u een verzoek over uw gegevens bevestigt. Hij is 15 minuten geldig. Niets gevraagd? Negeer hem en geef hem aan niemand.',
  pl: '{code} to kod, którym potwierdza się żądanie dotyczące danych. Jest ważny 15 minut. Jeśli niczego Pan/Pani nie żądał(a), proszę go zignorować i nikomu nie podawać.',
  pt: '{code} é o código com que confirma um pedido sobre os seus dados. É válido por 15 minutos. Não pediu nada? Ignore-o e não o dê a ninguém.',
};

export const codeSentence = (code: string, tag: string | null): string => {
  const language = tag?.toLowerCase().split('-')[0] ?? 'en';
  return (SENTENCES[language] ?? SENTENCES['en']!).replace('{code}', `${code.slice(0, 4)} ${code.slice(4)}`);
};
