// What the status page says, by language.
import type { Language } from './language.js';

export interface StatusTexts {
  readonly title: string;
  readonly right: string;
  readonly code: string;
  readonly received: string;
  readonly due: string;
  readonly ended: string;
  readonly reason: string;
  readonly contact: string;
  readonly copy: string;
  /** That the copy is there, and is handed over once. */
  readonly once: string;
  /** What lies behind the button. */
  readonly inside: string;
  /** What to do when it does not arrive. */
  readonly lost: string;
  /** Instead of all that, when it is not there any more. */
  readonly fetched: string;
  readonly enterCode: string;
  readonly codeHint: string;
  readonly confirm: string;
  readonly wrongCode: string;
  readonly rights: Readonly<Record<string, string>>;
  readonly states: Readonly<Record<string, string>>;
}

export const STATUS_TEXTS: Readonly<Record<Language, StatusTexts>> = {
  en: {
    title: 'Your request', right: 'You asked for', code: 'Confirmation code', received: 'Received', due: 'Answered at the latest by',
    ended: 'Ended', reason: 'Reason', contact: 'Who decides', copy: 'Fetch the copy of your data',
    once: 'Your copy is ready. It is handed over once, in this browser: ten minutes after all of it was sent it is deleted here.',
    inside: 'You get one ZIP file: a page to read (copy.html), the same for machines (copy.json, with its schema), and the files that you sent.',
    lost: 'If you see this page inside a chat app, open it in your browser first. If the file does not arrive, press the button again here. If that does not help, ask for your data once more in the chat, or ask the business.',
    fetched: 'The copy was fetched, or its seven days are over. If you need it, ask for your data once more in the chat, or ask the business.',
    enterCode: 'The code from the chat', confirm: 'Confirm',
    codeHint: 'Eight digits, in the chat in which you wrote. They are good for 15 minutes and for five tries.',
    wrongCode: 'The code does not fit, or is no longer good.',
    rights: {
      access: 'a copy of your data', portability: 'your data to take along', rectification: 'correction', erasure: 'deletion of your data',
      restriction: 'restriction of processing', objection: 'no further processing (objection)', withdrawal: 'withdrawal of your consent',
    },
    states: {
      received: 'We have received your request.', verifying: 'We are making sure that the request is yours.',
      'awaiting-approval': 'Your request is with the business that you wrote to. It finds out which data is yours and decides.',
      'in-progress': 'Your request is being carried out.', completed: 'Your request was carried out.',
      refused: 'Your request was refused. You may lodge a complaint with a supervisory authority or go to court.',
    },
  },
  de: {
    title: 'Ihr Antrag', right: 'Sie haben verlangt', code: 'Bestätigungscode', received: 'Eingegangen', due: 'Beantwortet spätestens am',
    ended: 'Beendet', reason: 'Grund', contact: 'Wer entscheidet', copy: 'Kopie Ihrer Daten abholen',
    once: 'Ihre Kopie ist bereit. Sie wird einmal übergeben, in diesem Browser: Zehn Minuten, nachdem alles gesendet ist, wird sie hier gelöscht.',
    inside: 'Sie bekommen eine ZIP-Datei: eine Seite zum Lesen (copy.html), dasselbe für Maschinen (copy.json, mit Schema) und die Dateien, die Sie geschickt haben.',
    lost: 'Wenn Sie diese Seite in einer Chat-App sehen, öffnen Sie sie zuerst in Ihrem Browser. Kommt die Datei nicht an, drücken Sie den Knopf hier noch einmal. Hilft das nicht, verlangen Sie Ihre Daten noch einmal im Chat oder fragen Sie das Unternehmen.',
    fetched: 'Die Kopie wurde abgeholt, oder ihre sieben Tage sind vorbei. Wenn Sie sie brauchen, verlangen Sie Ihre Daten noch einmal im Chat oder fragen Sie das Unternehmen.',
    enterCode: 'Der Code aus dem Chat', confirm: 'Bestätigen',
    codeHint: 'Acht Ziffern in dem Chat, in dem Sie geschrieben haben. Sie gelten 15 Minuten und für fünf Versuche.',
    wrongCode: 'Der Code passt nicht oder gilt nicht mehr.',
    rights: {
      access: 'eine Kopie Ihrer Daten', portability: 'Ihre Daten zum Mitnehmen', rectification: 'Berichtigung', erasure: 'Löschung Ihrer Daten',
      restriction: 'Einschränkung der Verarbeitung', objection: 'keine weitere Verarbeitung (Widerspruch)', withdrawal: 'Widerruf Ihrer Einwilligung',
    },
    states: {
      received: 'Wir haben Ihren Antrag erhalten.', verifying: 'Wir vergewissern uns, dass der Antrag von Ihnen kommt.',
      'awaiting-approval': 'Ihr Antrag liegt bei dem Unternehmen, dem Sie geschrieben haben. Es stellt fest, welche Daten Ihre sind, und entscheidet.',
      'in-progress': 'Ihr Antrag wird ausgeführt.', completed: 'Ihr Antrag wurde ausgeführt.',
      refused: 'Ihr Antrag wurde abgelehnt. Sie können sich bei einer Aufsichtsbehörde beschweren oder vor Gericht gehen.',
    },
  },
  fr: {
    title: 'Votre demande', right: 'Vous avez demandé', code: 'Code de confirmation', received: 'Reçue le', due: 'Réponse au plus tard le',
    ended: 'Terminée le', reason: 'Motif', contact: 'Qui décide', copy: 'Récupérer la copie de vos données',
    once: 'Votre copie est prête. Elle est remise une seule fois, dans ce navigateur : dix minutes après l’envoi complet, elle est effacée ici.',
    inside: 'Vous recevez un fichier ZIP : une page à lire (copy.html), le même contenu pour les machines (copy.json, avec son schéma) et les fichiers que vous avez envoyés.',
    lost: 'Si vous voyez cette page dans une application de messagerie, ouvrez-la d’abord dans votre navigateur. Si le fichier n’arrive pas, appuyez encore une fois sur le bouton ici. Si cela n’aide pas, demandez de nouveau vos données dans la conversation, ou demandez à l’entreprise.',
    fetched: 'La copie a été récupérée, ou ses sept jours sont passés. Si vous en avez besoin, demandez de nouveau vos données dans la conversation, ou demandez à l’entreprise.',
    enterCode: 'Le code reçu dans la conversation', confirm: 'Confirmer',
    codeHint: 'Huit chiffres, dans la conversation où vous avez écrit. Ils sont valables 15 minutes et pour cinq essais.',
    wrongCode: 'Le code ne convient pas ou n’est plus valable.',
    rights: {
      access: 'une copie de vos données', portability: 'vos données à emporter', rectification: 'une rectification', erasure: 'l’effacement de vos données',
      restriction: 'la limitation du traitement', objection: 'l’arrêt du traitement (opposition)', withdrawal: 'le retrait de votre consentement',
    },
    states: {
      received: 'Nous avons reçu votre demande.', verifying: 'Nous vérifions que la demande vient de vous.',
      'awaiting-approval': 'Votre demande est chez l’entreprise à laquelle vous avez écrit. Elle détermine quelles données sont les vôtres et décide.',
      'in-progress': 'Votre demande est en cours d’exécution.', completed: 'Votre demande a été exécutée.',
      refused: 'Votre demande a été refusée. Vous pouvez saisir une autorité de contrôle ou un tribunal.',
    },
  },
  es: {
    title: 'Su solicitud', right: 'Usted pidió', code: 'Código de confirmación', received: 'Recibida', due: 'Respuesta a más tardar el',
    ended: 'Terminada', reason: 'Motivo', contact: 'Quién decide', copy: 'Descargar la copia de sus datos',
    once: 'Su copia está lista. Se entrega una sola vez, en este navegador: diez minutos después de enviarse por completo se borra aquí.',
    inside: 'Recibe un archivo ZIP: una página para leer (copy.html), lo mismo para máquinas (copy.json, con su esquema) y los archivos que usted envió.',
    lost: 'Si ve esta página dentro de una aplicación de chat, ábrala primero en su navegador. Si el archivo no llega, pulse el botón aquí otra vez. Si no sirve de nada, pida sus datos otra vez en el chat o pregunte a la empresa.',
    fetched: 'La copia ya se descargó, o sus siete días han pasado. Si la necesita, pida sus datos otra vez en el chat o pregunte a la empresa.',
    enterCode: 'El código recibido en el chat', confirm: 'Confirmar',
    codeHint: 'Ocho cifras, en el chat en el que escribió. Valen 15 minutos y para cinco intentos.',
    wrongCode: 'El código no es correcto o ya no vale.',
    rights: {
      access: 'una copia de sus datos', portability: 'sus datos para llevar', rectification: 'rectificación', erasure: 'supresión de sus datos',
      restriction: 'limitación del tratamiento', objection: 'que no se traten más (oposición)', withdrawal: 'retirada de su consentimiento',
    },
    states: {
      received: 'Hemos recibido su solicitud.', verifying: 'Comprobamos que la solicitud es suya.',
      'awaiting-approval': 'Su solicitud está en manos de la empresa a la que escribió. Averigua qué datos son suyos y decide.',
      'in-progress': 'Su solicitud se está ejecutando.', completed: 'Su solicitud se ha ejecutado.',
      refused: 'Su solicitud fue rechazada. Puede reclamar ante una autoridad de control o un tribunal.',
    },
  },
  it: {
    title: 'La sua richiesta', right: 'Ha chiesto', code: 'Codice di conferma', received: 'Ricevuta il', due: 'Risposta al più tardi il',
    ended: 'Conclusa il', reason: 'Motivo', contact: 'Chi decide', copy: 'Scarica la copia dei suoi dati',
    once: 'La sua copia è pronta. Viene consegnata una sola volta, in questo browser: dieci minuti dopo l’invio completo viene cancellata qui.',
    inside: 'Riceve un file ZIP: una pagina da leggere (copy.html), lo stesso per le macchine (copy.json, con il suo schema) e i file che ha inviato.',
    lost: 'Se vede questa pagina dentro un’app di messaggistica, la apra prima nel suo browser. Se il file non arriva, prema qui il pulsante ancora una volta. Se non basta, chieda di nuovo i suoi dati nella chat o si rivolga all’azienda.',
    fetched: 'La copia è stata scaricata, oppure i suoi sette giorni sono passati. Se ne ha bisogno, chieda di nuovo i suoi dati nella chat o si rivolga all’azienda.',
    enterCode: 'Il codice ricevuto nella chat', confirm: 'Conferma',
    codeHint: 'Otto cifre, nella chat in cui ha scritto. Valgono 15 minuti e per cinque tentativi.',
    wrongCode: 'Il codice non è giusto o non è più valido.',
    rights: {
      access: 'una copia dei suoi dati', portability: 'i suoi dati da portare con sé', rectification: 'una rettifica', erasure: 'la cancellazione dei suoi dati',
      restriction: 'la limitazione del trattamento', objection: 'che i dati non siano più trattati (opposizione)', withdrawal: 'la revoca del suo consenso',
    },
    states: {
      received: 'Abbiamo ricevuto la sua richiesta.', verifying: 'Stiamo verificando che la richiesta sia sua.',
      'awaiting-approval': 'La sua richiesta è presso l’azienda a cui ha scritto, che accerta quali dati sono suoi e decide.',
      'in-progress': 'La sua richiesta è in corso di esecuzione.', completed: 'La sua richiesta è stata eseguita.',
      refused: 'La sua richiesta è stata respinta. Può presentare reclamo a un’autorità di controllo o rivolgersi a un giudice.',
    },
  },
  nl: {
    title: 'Uw verzoek', right: 'U hebt gevraagd om', code: 'Bevestigingscode', received: 'Ontvangen op', due: 'Uiterlijk beantwoord op',
    ended: 'Beëindigd op', reason: 'Reden', contact: 'Wie beslist', copy: 'De kopie van uw gegevens ophalen',
    once: 'Uw kopie staat klaar. Ze wordt één keer overhandigd, in deze browser: tien minuten nadat alles is verzonden, wordt ze hier verwijderd.',
    inside: 'U krijgt één ZIP-bestand: een pagina om te lezen (copy.html), hetzelfde voor machines (copy.json, met het schema) en de bestanden die u hebt gestuurd.',
    lost: 'Als u deze pagina in een chat-app ziet, open haar dan eerst in uw browser. Komt het bestand niet aan, druk hier dan nog eens op de knop. Helpt dat niet, vraag dan opnieuw om uw gegevens in de chat, of vraag het bedrijf.',
    fetched: 'De kopie is opgehaald, of haar zeven dagen zijn voorbij. Als u haar nodig hebt, vraag dan opnieuw om uw gegevens in de chat, of vraag het bedrijf.',
    enterCode: 'De code uit de chat', confirm: 'Bevestigen',
    codeHint: 'Acht cijfers, in de chat waarin u hebt geschreven. Ze gelden 15 minuten en voor vijf pogingen.',
    wrongCode: 'De code klopt niet of geldt niet meer.',
    rights: {
      access: 'een kopie van uw gegevens', portability: 'uw gegevens om mee te nemen', rectification: 'rectificatie', erasure: 'verwijdering van uw gegevens',
      restriction: 'beperking van de verwerking', objection: 'geen verdere verwerking (bezwaar)', withdrawal: 'intrekking van uw toestemming',
    },
    states: {
      received: 'Wij hebben uw verzoek ontvangen.', verifying: 'Wij gaan na of het verzoek van u komt.',
      'awaiting-approval': 'Uw verzoek ligt bij het bedrijf waaraan u hebt geschreven. Het zoekt uit welke gegevens van u zijn en beslist.',
      'in-progress': 'Uw verzoek wordt uitgevoerd.', completed: 'Uw verzoek is uitgevoerd.',
      refused: 'Uw verzoek is afgewezen. U kunt een klacht indienen bij een toezichthoudende autoriteit of naar de rechter gaan.',
    },
  },
  pl: {
    title: 'Twoje żądanie', right: 'Czego dotyczy', code: 'Kod potwierdzenia', received: 'Data otrzymania', due: 'Odpowiedź najpóźniej',
    ended: 'Data zakończenia', reason: 'Powód', contact: 'Kto decyduje', copy: 'Pobierz kopię swoich danych',
    once: 'Twoja kopia jest gotowa. Jest wydawana jeden raz, w tej przeglądarce: dziesięć minut po wysłaniu całości zostanie tu usunięta.',
    inside: 'Otrzymasz jeden plik ZIP: stronę do czytania (copy.html), to samo dla maszyn (copy.json, ze schematem) oraz przesłane przez Ciebie pliki.',
    lost: 'Jeśli widzisz tę stronę w aplikacji czatu, najpierw otwórz ją w przeglądarce. Jeśli plik nie dotrze, naciśnij tutaj przycisk jeszcze raz. Jeśli to nie pomoże, poproś ponownie o swoje dane na czacie albo zapytaj firmę.',
    fetched: 'Kopię pobrano albo minęło jej siedem dni. Jeśli jej potrzebujesz, poproś ponownie o swoje dane na czacie albo zapytaj firmę.',
    enterCode: 'Kod z czatu', confirm: 'Potwierdź',
    codeHint: 'Osiem cyfr, na czacie, na którym piszesz. Kod jest ważny 15 minut i na pięć prób.',
    wrongCode: 'Kod się nie zgadza albo stracił ważność.',
    rights: {
      access: 'kopia Twoich danych', portability: 'przeniesienie Twoich danych', rectification: 'sprostowanie', erasure: 'usunięcie Twoich danych',
      restriction: 'ograniczenie przetwarzania', objection: 'zaprzestanie przetwarzania (sprzeciw)', withdrawal: 'wycofanie Twojej zgody',
    },
    states: {
      received: 'Otrzymaliśmy Twoje żądanie.', verifying: 'Sprawdzamy, czy żądanie pochodzi od Ciebie.',
      'awaiting-approval': 'Twoje żądanie jest w firmie, do której napisano wiadomość. Firma ustala, które dane są Twoje, i decyduje.',
      'in-progress': 'Twoje żądanie jest wykonywane.', completed: 'Twoje żądanie wykonano.',
      refused: 'Twoje żądanie odrzucono. Możesz wnieść skargę do organu nadzorczego lub pójść do sądu.',
    },
  },
  pt: {
    title: 'O seu pedido', right: 'Pediu', code: 'Código de confirmação', received: 'Recebido em', due: 'Resposta o mais tardar em',
    ended: 'Terminado em', reason: 'Motivo', contact: 'Quem decide', copy: 'Descarregar a cópia dos seus dados',
    once: 'A sua cópia está pronta. É entregue uma única vez, neste navegador: dez minutos depois de tudo ter sido enviado, é apagada aqui.',
    inside: 'Recebe um ficheiro ZIP: uma página para ler (copy.html), o mesmo para máquinas (copy.json, com o seu esquema) e os ficheiros que enviou.',
    lost: 'Se vê esta página dentro de uma aplicação de mensagens, abra-a primeiro no seu navegador. Se o ficheiro não chegar, prima o botão aqui mais uma vez. Se isso não ajudar, peça de novo os seus dados na conversa ou pergunte à empresa.',
    fetched: 'A cópia foi descarregada ou os seus sete dias passaram. Se precisar dela, peça de novo os seus dados na conversa ou pergunte à empresa.',
    enterCode: 'O código recebido na conversa', confirm: 'Confirmar',
    codeHint: 'Oito algarismos, na conversa em que escreveu. Valem durante 15 minutos e para cinco tentativas.',
    wrongCode: 'O código não está certo ou já não é válido.',
    rights: {
      access: 'uma cópia dos seus dados', portability: 'os seus dados para levar consigo', rectification: 'uma retificação', erasure: 'o apagamento dos seus dados',
      restriction: 'a limitação do tratamento', objection: 'que não sejam mais tratados (oposição)', withdrawal: 'a retirada do seu consentimento',
    },
    states: {
      received: 'Recebemos o seu pedido.', verifying: 'Estamos a verificar se o pedido é seu.',
      'awaiting-approval': 'O seu pedido está com a empresa a que escreveu. A empresa apura que dados são seus e decide.',
      'in-progress': 'O seu pedido está a ser executado.', completed: 'O seu pedido foi executado.',
      refused: 'O seu pedido foi recusado. Pode apresentar reclamação a uma autoridade de controlo ou recorrer a tribunal.',
    },
  },
}; // prettier-ignore
