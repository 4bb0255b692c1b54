// Wishes to hear no more, in Spanish.
import { stopRules } from './rules.js';

const r = String.raw;
const TELL = r`(?:escrib\w+|contact\w+|envi[ae]\w*|enviar\w*|mand\w+|llam\w+|molest\w+|spame\w+|bombarde\w+|acos\w+|fastidi\w+|dar la lata|incordi\w+)`;

export const ES = stopRules({
  nouns: r`mensajes?|mensajitos|publicidad|propaganda|anuncios?|spam|sms|correos?|mails?|emails?|ofertas|promociones|promos?|newsletters?|boletin(?:es)?|notificaciones|novedades|avisos|marketing|whatsapps?|comunicacion(?:es)?`,
  certain: [
    r`\b(?:dejadme|dejame|dejenme|dejeme) (?:\w+ )?(?:en paz|tranquil\w+)\b`,
    r`\b(?:dar|dame|darme|dadme|denme|deme|darse|damos|doy) (?:ya |inmediatamente )?de baja\b|\bquiero (?:la|una|mi) baja\b|\bbaja (?:del|de la|de su|de vuestr[ao]) (?:newsletter|boletin|lista)\b|\bdesuscri\w+|\bdesapunt\w+`,
    r`\b(?:cancel\w+|anul\w+)\b.{0,15}\bsuscripcion (?:al|del|a la|de la|a su|a vuestr[ao]) (?:\w+ )?(?:boletin|newsletter|lista)\b`,
    r`\b(?:quit\w+|borr\w+|elimin\w+|sac\w+|saqu\w+|tach\w+|retir\w+) mi (?:numero|telefono|movil|contacto|nombre|correo)\b.{0,8}\bde\b`,
    r`\b(?:quitadme|borradme|sacadme|eliminadme|quitenme|borrenme|saquenme|eliminenme|quitame|borrame|sacame|eliminame|quiteme|borreme|saqueme)\b`,
    r`\b(?:salgo|salir|salirme|borrarme|quitarme) de (?:esta|la|su|vuestra|esa) lista\b|\bolvid\w+ (?:de )?mi (?:numero|telefono|contacto)\b`,
    r`\b(?:retiro|revoco|retirar)\b.{0,20}\bconsentimiento\b|\b(?:me opongo|oposicion)\b.{0,50}\b(?:publicidad|marketing|comercial\w*|datos|perfil\w*)`,
    r`^no (?:me interesan?|estoy interesad\w)(?: nada| gracias| mas)*$|\bno me interesa\b.{0,20}\b(?:no me|mas|deja\w*)\b`,
    r`\b(?:basta|hart\w|cansad\w|esta bien|vale) (?:ya )?(?:de|con) (?:tant\w |vuestr\w |sus? |l[ao]s? )?(?:publicidad|propaganda|anuncios|spam|ofertas|promociones|mensajes|correos)\b`,
  ],
  likely: [
    r`\b(?:deja|dejad|dejen|deje|dejar|parad|paren|pare|cesen|cesad|cese|basta|stop)\b(?: ya)?(?: de| con)?(?: \w+){0,2} (?:<N>|${TELL})|^para (?:ya |de )`,
    r`\bno (?:me |nos |se )?(?:vuelvan|volvais|vuelvas|vuelva) a (?:\w{0,3}${TELL}|decir)|\bno (?:me |nos )?(?:volvais|vuelvan|vuelvas|vuelva) a \w+`,
    r`\bno (?:me |nos )?${TELL}(?: \w+){0,2} (?:mas|nunca|jamas|nada)\b|\bno me (?:escriban|escribais|escribas|escriba|contacten|contacteis|contactes|contacte|molesten|molesteis|molestes|moleste)$`,
    r`\bno (?:quiero|deseo|queremos|deseamos|quisiera)\b.{0,8}\b(?:saber|recibir|mas|volver a|que me|tener)\b.{0,25}(?:<N>|vosotros|ustedes|nada|${TELL})`,
    r`\bno (?:quiero|deseo|acepto) (?:vuestr\w |sus |estos |esta |este |mas )?<N>|\bya no (?:quiero|deseo) (?:recibir|<N>)`,
    r`\bprefiero no (?:recibir|tener|seguir|que me)\b`,
    r`\bno mas <N>|\bni un[ao]? <N>? ?mas\b|^(?:sin|cero|nada de) (?:mas )?<N>(?: gracias)*$`,
    r`\b(?:nunca|no) (?:me |os |les )?.{0,8}(?:apunte|suscribi|registre|inscribi|di permiso|pedi|autorice)\b.{0,12}\b(?:esto|eso|esta|estos|nada|lista|recibir)\b`,
    r`\bcomo (?:paro|dejo de recibir|bloqueo|cancelo)\b.{0,15}<N>`,
  ],
  unless: r`pedidos?|entregas?|paquetes?|facturas?|direccion|timbre|antes|envio|app|llegan|llega|llego|recibi|recibido|cubiertos|garantia|contrasena|codigo`,
});
