// Wishes for one's rights, in Spanish.
import type { RightsWords } from './rules.js';

const r = String.raw;

export const ES: RightsWords = {
  mine: r`(?:mis|mi) (?:propios )?(?:datos|informacion|infos?)(?! (?:moviles|de acceso|bancarios|de pago))|datos (?:\w+ ){0,3}(?:sobre mi|me conciernen|de mi|a mi nombre)|informacion (?:\w+ ){0,4}sobre mi`,
  utterances: r`mis (?:mensajes|chats|conversaciones)|mi comportamiento`,
  aboutMe: r`(?:que|todo|todos|cuales|lo que)\b.{0,40}\b(?:saben|sabeis|sabes|tienen|teneis|tienes|guardan|guardais|guardado|conservan|almacenan)\b.{0,25}\b(?:sobre mi|de mi|acerca de mi)|que (?:datos|informacion)\b.{0,30}\bsobre mi|todos los datos que me conciernen|datos\b.{0,20}\ba mi nombre`,
  give: r`(?:envi|mand|muestr|ensen|facilit|proporcion|pas)\w*me|d[ae]n?me|dadme|me (?:\w+ )?(?:mand|envi|pas|facilit|proporcion|dais|dan|den|dar|muestr|ensen)\w*|copia|acceso a|(?:puedo|quiero|quisiera|gustaria|podria)\b.{0,30}\b(?:ver|consultar|recibir|obtener|saber|conocer|tener|acceder)`,
  fix: r`corrig\w*|corrij\w*|correg\w*|rectific\w*|rectifiqu\w*|modific\w*|modifiqu\w*|cambi\w*|actuali\w*|error\w*|equivocad\w*|mal|incorrect\w*|errone\w*|no son correctos|desactualiza\w*|antigu\w*`,
  field: r`mi (?:\w+ )?(?:nombre|apellidos?|telefono|numero(?: de telefono)?|movil|correo|e ?mail|fecha de nacimiento|direccion)|(?:correo|telefono|numero|nombre|direccion|e ?mail) (?:\w+ ){0,2}(?:mio|mia|de mi)`,
  held: r`en (?:su|sus|vuestro|vuestra|vuestros|mi|el|la) (?:sistema|registros?|base|ficha|perfil|cuenta|ficheros?|archivos?)|(?:teneis|tienen|tienes) (?:\w+ ){0,4}(?:mio|mia|mi|sobre mi|de mi)`,
  freeze: r`congel\w*|bloque\w*|limit\w*|suspend\w*|suspension|en pausa|restrin\w*|restricc\w*|paral\w*`,
  unused: r`no (?:los |las |me |se |lo )?(?:us\w*|utili\w*|trat\w*|proces\w*|analic\w*|emple\w*)|dej\w* de (?:usar|tratar|procesar|utilizar)\w*|sin (?:usar|tratar|utilizar)\w*|no sean (?:usad|utilizad|tratad)\w*`,
  meanwhile: r`hasta|de momento|por el momento|por ahora|mientras|provisionalmente|temporalmente|entretanto`,
  kept: r`guard\w*|conserv\w*|no (?:me |los |se )?(?:borr|elimin|suprim)\w*|sin borrar\w*`,
  move: r`export\w*|transf\w*|portabilidad|llevarme|llevar|traslad\w*|formato (?:legible|estructurado|portable)|legible por (?:maquina|ordenador)|subirlos|import\w*|migrar`,
  elsewhere: r`(?:otra|otro|nuevo|nueva) (?:\w+ )?(?:compania|empresa|proveedor|servicio|operador\w*|sitio)|competencia|otro lado|a la empresa`,
  oppose: r`opongo|oponerme|oposicion|en contra|no estoy de acuerdo|no quiero|no autorizo|me niego|prohibo|no consiento|no permito|no doy permiso`,
  use: r`us\w*|utili\w*|trat\w*|proces\w*|anali\w*|perfil\w*|entren\w*|estadistic\w*`,
  ends: r`estadistic\w*|analisis|perfil\w*|ia|entren\w*|investigacion`,
  profiling: r`(?:dej\w* de|no) (?:hac\w+|hagan|hagais|crear|creen) perfil\w*|no me perfil\w*`,
  named: {
    access: r`derecho (?:de|al) acceso|solicitud de acceso`,
    rectify: r`derecho (?:de|a la) rectificacion`,
    restrict: r`limitacion del tratamiento|derecho a la limitacion`,
    port: r`portabilidad de (?:los |mis )?datos|derecho (?:a la|de) portabilidad`,
    object: r`derecho (?:de|a la) oposicion`,
  },
  otherwise: r`(?:os|le|les|te) (?:\w+ )?(?:mando|envio|doy|paso|di|mande|envie)|(?:he|ya) (?:cambiado|actualizado|corregido|modificado) mis|(?:habeis|han) recibido|aqui (?:van|tiene|tienen|teneis|estan)|segur[oa]s|(?:pongo|meto|introduzco) mis|necesit(?:an|ais|as)|perdi|perdido`,
  business: r`pedidos?|facturas?|recibo|reserva|cita|entrega|envio|envios|paquete|precio|reembolso|cupon|carrito|entradas?|devolucion|seguimiento|tecnic\w*|garantia|talla|mi madre|mi padre`,
};
